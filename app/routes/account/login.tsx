import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { filledField } from '~/domain/accounts/auth/account-fields';
import { logIn } from '~/domain/accounts/auth/log-in';
import { pathTo } from '~/platform/paths';
import { attemptCookie } from '~/server/cookies';
import { submit } from '~/server/forms';
import { beginLogin, deviceOf, finishLogin } from '~/server/login-flow';
import { safeRedirect } from '~/server/safe-redirect';
import { EmailField, PasswordField } from '~/ui/accounts/account-fields';
import { OtherLogins, useWay } from '~/ui/accounts/on-the-way';
import { ErrorSummary, Status, Submit } from '~/ui/forms/fields';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';
import { Row } from '~/ui/row';

const fields = z.object({
  email: filledField,
  password: filledField,
  redirectTo: z.string().optional(),
});

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { i18n, visitor, method } = context.visit;
  const query = new URL(request.url).searchParams;
  const redirectTo = safeRedirect(query.get('redirectTo'), null);
  if (visitor.person && method !== 'POST') throw redirect(redirectTo ?? '/', 303);
  return {
    head: { title: i18n.t('people.login.title'), canonical: pathTo('/login') },
    redirectTo,
    /** True after setting a new password. */
    changed: query.has('changed'),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { app, visit } = context;
  return submit({ request, context }, fields, async ({ email, password, redirectTo }) => {
    const where = { request, context };
    const wanted = safeRedirect(redirectTo, null);
    const found = await logIn(app, {
      email,
      password,
      address: visit.address,
      device: deviceOf(request),
      redirectTo: wanted,
      language: visit.i18n.locale,
    });
    if ('begunBy' in found) {
      const headers = { 'Set-Cookie': attemptCookie(found.begunBy, app.config.origin) };
      return redirect(pathTo('/login/code/enter?why=guesses'), { status: 303, headers });
    }
    return finishLogin(
      where,
      await app.db.write((tx) => beginLogin(tx, where, found.userId, { redirectTo: wanted })),
    );
  });
}

export default function LogIn() {
  const { redirectTo, changed } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const { t } = useI18n();
  const way = useWay(redirectTo);
  return (
    <>
      <h1>{t('people.login.title')}</h1>
      {changed && !state && <Status>{t('people.login.changed')}</Status>}
      <ErrorSummary />
      <form method="post" action={pathTo('/login')}>
        {way.field}
        <EmailField />
        <PasswordField />
        <Row as="div" className="actions">
          <Submit label={t('people.login.submit')} />
          <a href={pathTo('/reset')}>{t('people.login.forgot')}</a>
        </Row>
      </form>
      <h2>{t('security.login.other')}</h2>
      <OtherLogins way={way} className="actions" />
      <TextLine
        className="after-form"
        k="people.login.signup"
        values={{ link: linkTo(pathTo('/signup') + way.query) }}
      />
    </>
  );
}
