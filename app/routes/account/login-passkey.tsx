import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { readAttempt } from '~/domain/accounts/auth/login-attempts';
import { askForPasskey, logInByPasskey } from '~/domain/accounts/auth/passkeys';
import { pathTo } from '~/platform/paths';
import { attemptCookie } from '~/server/cookies';
import { submit } from '~/server/forms';
import { allowScript } from '~/server/headers';
import { attemptOf, beginLogin, finishLogin } from '~/server/login-flow';
import { safeRedirect } from '~/server/safe-redirect';
import { PasskeyForm } from '~/ui/accounts/passkey-form';
import { ErrorSummary, Submit } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';

const fields = z.object({
  action: z.enum(['begin', 'finish']),
  response: z.string().max(20_000).default(''),
  redirectTo: z.string().optional(),
});

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const token = attemptOf(request);
  const attempt = await readAttempt(app.db.reader, app.clock, 'passkey', token);
  allowScript(visit.headers);
  return {
    head: { title: visit.i18n.t('security.login.passkey'), noindex: true },
    options: attempt?.options ?? null,
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { app, visit } = context;
  const where = { request, context };
  const { address } = visit;
  return submit(where, fields, async ({ action: wish, response, redirectTo }) => {
    if (wish === 'begin') {
      const token = await askForPasskey(app, {
        address,
        redirectTo: safeRedirect(redirectTo, null),
      });
      const headers = { 'Set-Cookie': attemptCookie(token, app.config.origin) };
      return redirect(pathTo('/login/passkey'), { status: 303, headers });
    }
    const grant = await logInByPasskey(app, { token: attemptOf(request), response, address });
    const entry = await app.db.write((tx) =>
      // A passkey requires a fingerprint or a PIN as well, so it counts as both factors.
      beginLogin(tx, where, grant.userId, { redirectTo: grant.redirectTo, secondFactor: true }),
    );
    return finishLogin(where, entry);
  });
}

export default function LoginPasskey() {
  const { head, options } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <>
      <h1>{head.title}</h1>
      <ErrorSummary />
      {options ? (
        <PasskeyForm
          action={pathTo('/login/passkey')}
          ask="get"
          options={options}
          label={t('security.passkey.use')}
        />
      ) : (
        <form method="post" action={pathTo('/login/passkey')}>
          <input type="hidden" name="action" value="begin" />
          <Submit label={head.title} />
        </form>
      )}
      <LinkLine className="after-form" href={pathTo('/login')} label={t('security.login.other')} />
    </>
  );
}
