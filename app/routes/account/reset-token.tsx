import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { newPasswordField } from '~/domain/accounts/auth/account-fields';
import { readToken } from '~/domain/accounts/auth/mail-tokens';
import { resetPassword } from '~/domain/accounts/auth/reset';
import { accountById } from '~/domain/accounts/users/accounts';
import { pathTo } from '~/platform/paths';
import { submit } from '~/server/forms';
import { endSession } from '~/server/session';
import { PasswordField } from '~/ui/accounts/account-fields';
import { ErrorSummary, Submit } from '~/ui/forms/fields';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';

const fields = z.object({ password: newPasswordField });

export async function loader({ params, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { t } = visit.i18n;
  const token = params.token ?? '';
  const grant = await readToken(app.db.reader, app.clock, 'reset', token);
  const account = grant && (await accountById(app.db.reader, grant.userId));
  if (!account) {
    const head = { title: t('people.confirm.gone.title'), noindex: true };
    return data({ head, token, handle: null }, { status: 404 });
  }
  const head = { title: t('people.reset.title'), noindex: true };
  return data({ head, token, handle: account.handle });
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  return submit({ request, context }, fields, async ({ password }) => {
    const done = await resetPassword(context.app, params.token ?? '', password);
    // Redirect back to the same page, which says that the link is no longer valid.
    if (!done) return redirect(pathTo('/reset/:token', { token: params.token ?? '' }), 303);
    const cookie = await endSession({ request, context });
    return redirect(pathTo('/login?changed'), { status: 303, headers: { 'Set-Cookie': cookie } });
  });
}

export default function ResetPassword() {
  const { token, handle } = useLoaderData<typeof loader>();
  return handle === null ? <Gone /> : <Ask token={token} handle={handle} />;
}

function Ask({ token, handle }: { token: string; handle: string }) {
  const { t } = useI18n();
  return (
    <>
      <h1>{t('people.reset.title')}</h1>
      <TextLine className="lead" k="people.reset.for" values={{ handle: <bdi>{handle}</bdi> }} />
      <ErrorSummary />
      <form method="post" action={pathTo('/reset/:token', { token })}>
        <PasswordField chosen label={t('people.field.newPassword')} />
        <Submit label={t('people.reset.set')} />
      </form>
    </>
  );
}

function Gone() {
  const { t } = useI18n();
  return (
    <>
      <h1>{t('people.confirm.gone.title')}</h1>
      <p className="lead">{t('people.reset.gone.text')}</p>
      <TextLine k="people.reset.gone.next" values={{ again: linkTo(pathTo('/reset')) }} />
    </>
  );
}
