import { useI18n } from '~/ui/i18n';
import script from '../../../.browser/ask-passkey.js?url';

interface PasskeyFormProps {
  action: string;
  /** What the browser is asked to do, and for what, as its API takes it. */
  ask: 'create' | 'get';
  options: Record<string, unknown>;
  label: string;
}

/**
 * A form that only a script can fill, with the words for those who have none. The page it is on
 * has to allow the script by `allowScript` in its loader.
 */
export function PasskeyForm({ action, ask, options, label }: PasskeyFormProps) {
  const { t } = useI18n();
  return (
    <>
      <p data-without-script>{t('security.passkey.noScript')}</p>
      <p className="notice warning" role="alert" data-failed hidden>
        {t('security.passkey.failed')}
      </p>
      <form method="post" action={action} data-passkey={ask} data-options={JSON.stringify(options)}>
        <input type="hidden" name="action" value="finish" />
        <input type="hidden" name="response" />
        <div data-with-script hidden>
          <button className="primary" type="submit">
            {label}
          </button>
        </div>
      </form>
      <script type="module" src={script} />
    </>
  );
}
