import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { emailField } from '~/domain/accounts/auth/account-fields';
import { requestReset } from '~/domain/accounts/auth/reset';
import { pathTo } from '~/platform/paths';
import { newFormKey, submit } from '~/server/forms';
import { rememberSent } from '~/server/sent-mail';
import { EmailField } from '~/ui/accounts/account-fields';
import { ErrorSummary, FormKey, Submit } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';

const fields = z.object({ email: emailField, key: z.string().optional() });

export function loader({ context }: LoaderFunctionArgs) {
  const { i18n } = context.visit;
  return {
    head: { title: i18n.t('people.reset.title'), canonical: pathTo('/reset') },
    key: newFormKey(),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { app, visit } = context;
  return submit({ request, context }, fields, async ({ email, key }) => {
    const asking = { email, key, language: visit.i18n.locale, address: visit.address };
    const sent = await requestReset(app, asking);
    rememberSent(context, pathTo('/reset/sent'), email);
    return redirect(sent, 303);
  });
}

export default function Reset() {
  const { key } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const { t } = useI18n();
  return (
    <>
      <h1>{t('people.reset.title')}</h1>
      <p className="lead">{t('people.reset.text')}</p>
      <ErrorSummary />
      <form method="post" action={pathTo('/reset')}>
        <FormKey value={state?.values.key?.[0] ?? key} />
        <EmailField />
        <Submit label={t('people.reset.submit')} />
      </form>
    </>
  );
}
