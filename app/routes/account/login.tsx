import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { emailField, loginEmailField, passwordField } from '~/domain/accounts/auth/account-fields';
import { logIn } from '~/domain/accounts/auth/log-in';
import { pathTo } from '~/platform/paths';
import { newFormKey, readFields, submit } from '~/server/forms';
import { askForCode, beginLogin, deviceOf, finishLogin, sendLoginCode } from '~/server/login-flow';
import { safeRedirect } from '~/server/safe-redirect';
import { EmailField, PasswordField } from '~/ui/accounts/account-fields';
import { PasskeyLogin, useWay } from '~/ui/accounts/on-the-way';
import { ErrorSummary, FormKey, Status, Submit } from '~/ui/forms/fields';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';
import { Row } from '~/ui/row';

const fields = z.object({
  email: loginEmailField,
  password: passwordField,
  redirectTo: z.string().optional(),
});

/** The fields of the button that sends a code: it needs no password. */
const codeFields = z.object({
  email: emailField,
  key: z.string().optional(),
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
    key: newFormKey(),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { app, visit } = context;
  const where = { request, context };
  const { way } = await readFields(request);
  if (way) return submit(where, codeFields, (wish) => sendLoginCode(where, wish));
  return submit(where, fields, async ({ email, password, redirectTo }) => {
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
      return askForCode(context, found.begunBy, email, 'guesses');
    }
    return finishLogin(
      where,
      await app.db.write((tx) => beginLogin(tx, where, found.userId, { redirectTo: wanted })),
    );
  });
}

export default function LogIn() {
  const { redirectTo, changed, key } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const { t } = useI18n();
  const way = useWay(redirectTo);
  return (
    <>
      <h1>{t('people.login.title')}</h1>
      {changed && !state && <Status>{t('people.login.changed')}</Status>}
      <ErrorSummary />
      <form method="post" action={pathTo('/login')}>
        <FormKey value={state?.values.key?.[0] ?? key} />
        {way.field}
        <EmailField />
        <PasswordField />
        <Row as="div" className="actions">
          <Submit label={t('people.login.submit')} />
          {/* The form has two buttons, so that no second page has to ask for the email. */}
          <button type="submit" name="way" value="code" formNoValidate>
            {t('security.login.code')}
          </button>
          <a href={pathTo('/reset')}>{t('people.login.forgot')}</a>
        </Row>
      </form>
      <PasskeyLogin way={way} />
      <TextLine
        className="after-form"
        k="people.login.signup"
        values={{ link: linkTo(pathTo('/signup') + way.query) }}
      />
    </>
  );
}
