import { Submit } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import script from '../../../.browser/ask-passkey.js?url';

interface PasskeyFormProps {
  action: string;
  /** The WebAuthn call to make, and its options. */
  ask: 'create' | 'get';
  options: Record<string, unknown>;
  label: string;
}

/** A form that only a script can fill in. Its page must allow the script with `allowScript`. */
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
          <Submit label={label} />
        </div>
      </form>
      <script type="module" src={script} />
    </>
  );
}
