import { useI18n } from '~/ui/i18n';
import script from '../../../.browser/desk-keys.js?url';

/** The access keys of a desk page. The script's button makes them work without the browser's modifier. */
export function KeyHelp() {
  const { t } = useI18n();
  return (
    <>
      <p
        className="quiet"
        data-keys
        data-start={t('moderation.desk.keys.start')}
        data-stop={t('moderation.desk.keys.stop')}
      >
        {t('moderation.desk.keys', { q: 'q', n: 'n', c: 'c', a: 'a', h: 'h', d: 'd' })}
      </p>
      <script type="module" src={script} />
    </>
  );
}
