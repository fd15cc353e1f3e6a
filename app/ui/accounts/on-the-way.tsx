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

interface OtherLoginsProps {
  way: ReturnType<typeof useWay>;
  className: string;
}

/** The ways to log in without a password. */
export function OtherLogins({ way, className }: OtherLoginsProps) {
  const { t } = useI18n();
  return (
    <Row as="form" className={className} method="post" action={pathTo('/login/passkey')}>
      <input type="hidden" name="action" value="begin" />
      {way.field}
      <a className="button" href={pathTo('/login/code') + way.query}>
        {t('security.login.code')}
      </a>
      <button type="submit">{t('security.login.passkey')}</button>
    </Row>
  );
}
