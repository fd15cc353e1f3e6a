import { useI18n } from '~/ui/i18n';
import { useFormState } from './state';

interface HoneypotProps {
  /** When the page was made (UTC ms); undefined on a page that all visitors share. */
  started?: number;
  /** Different for each form of a page that has several. */
  id?: string;
}

/** A field that only programs fill in: hidden from everyone; its label says to leave it empty. */
export function Honeypot({ started, id = 'homepage' }: HoneypotProps) {
  const state = useFormState();
  const { t } = useI18n();
  return (
    <div hidden>
      {started !== undefined && (
        <input type="hidden" name="started" value={state?.values.started?.[0] ?? started} />
      )}
      <label htmlFor={id}>{t('guard.honeypot')}</label>
      <input id={id} name="homepage" type="text" autoComplete="off" tabIndex={-1} />
    </div>
  );
}
