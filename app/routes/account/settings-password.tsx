import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { z } from 'zod';
import { newPasswordField } from '~/domain/accounts/auth/account-fields';
import { changePassword } from '~/domain/accounts/auth/change-password';
import { pathTo } from '~/platform/paths';
import { submit } from '~/server/forms';
import { requireFreshProof } from '~/server/guards';
import { renewSession } from '~/server/session';
import { PasswordField } from '~/ui/accounts/account-fields';
import { ErrorSummary, Submit } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';

const fields = z.object({ password: newPasswordField });

export function loader({ request, context }: LoaderFunctionArgs) {
  requireFreshProof(context, request);
  return { head: { title: context.visit.i18n.t('people.reset.title'), noindex: true } };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { person, session } = requireFreshProof(context, request);
  return submit({ request, context }, fields, async ({ password }) => {
    const who = { userId: person.id, sessionId: session.id };
    await changePassword(context.app, who, password);
    await renewSession(context);
    return redirect(pathTo('/settings/security?done=password'), 303);
  });
}

export default function ChangePassword() {
  const { t } = useI18n();
  return (
    <>
      <h1>{t('people.reset.title')}</h1>
      <p className="lead">{t('security.password.text')}</p>
      <ErrorSummary />
      <form method="post" action={pathTo('/settings/password')}>
        <PasswordField chosen label={t('people.field.newPassword')} />
        <Submit label={t('people.reset.set')} />
      </form>
    </>
  );
}
