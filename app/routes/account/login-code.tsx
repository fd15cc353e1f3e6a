import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { emailField } from '~/domain/accounts/auth/account-fields';
import { accountById } from '~/domain/accounts/users/accounts';
import { pathTo } from '~/platform/paths';
import { newFormKey, submit } from '~/server/forms';
import { sendLoginCode } from '~/server/login-flow';
import { safeRedirect } from '~/server/safe-redirect';
import { EmailField } from '~/ui/accounts/account-fields';
import { useWay } from '~/ui/accounts/on-the-way';
import { ErrorSummary, FormKey, Submit } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';

const fields = z.object({
  email: emailField,
  key: z.string().optional(),
  redirectTo: z.string().optional(),
});

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { person } = visit.visitor;
  const account = person && (await accountById(app.db.reader, person.id));
  return {
    head: { title: visit.i18n.t('security.code.title'), noindex: true },
    redirectTo: safeRedirect(new URL(request.url).searchParams.get('redirectTo'), null),
    email: account?.email ?? '',
    key: newFormKey(),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const where = { request, context };
  return submit(where, fields, (wish) => sendLoginCode(where, wish));
}

export default function LoginCode() {
  const { redirectTo, email, key } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const { t } = useI18n();
  const way = useWay(redirectTo);
  return (
    <>
      <h1>{t('security.code.title')}</h1>
      <p className="lead">{t('security.code.text')}</p>
      <ErrorSummary />
      <form method="post" action={pathTo('/login/code')}>
        <FormKey value={state?.values.key?.[0] ?? key} />
        {way.field}
        <EmailField value={email} />
        <Submit label={t('security.code.submit')} />
      </form>
    </>
  );
}
