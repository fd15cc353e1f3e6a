import type { ReactNode } from 'react';
import { pathTo } from '~/platform/paths';
import { useFormState } from '~/ui/forms/state';
import { useI18n } from '~/ui/i18n';
import { Row } from '~/ui/row';

/** Where a person goes after logging in, for links and forms on the way there. */
export function useWay(redirectTo: string | null) {
  const to = useFormState()?.values.redirectTo?.[0] ?? redirectTo;
  return {
    query: to ? `?redirectTo=${encodeURIComponent(to)}` : '',
    field: to && <input type="hidden" name="redirectTo" value={to} />,
  };
}

interface PasskeyLoginProps {
  way: ReturnType<typeof useWay>;
  /** Other ways to log in, before the button. */
  children?: ReactNode;
}

/** The button that logs in with a passkey. */
export function PasskeyLogin({ way, children }: PasskeyLoginProps) {
  const { t } = useI18n();
  return (
    <Row as="form" className="actions after-form" method="post" action={pathTo('/login/passkey')}>
      <input type="hidden" name="action" value="begin" />
      {way.field}
      {children}
      <button type="submit">{t('security.login.passkey')}</button>
    </Row>
  );
}
