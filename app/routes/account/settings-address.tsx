import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { emailField } from '~/domain/accounts/auth/account-fields';
import { requestAddress } from '~/domain/accounts/auth/change-address';
import { accountById } from '~/domain/accounts/users/accounts';
import { pathTo } from '~/platform/paths';
import { newFormKey, submit } from '~/server/forms';
import { requireOwner } from '~/server/guards';
import { EmailField } from '~/ui/accounts/account-fields';
import { ErrorSummary, FormKey, Submit } from '~/ui/forms/fields';
import { TextLine, useI18n } from '~/ui/i18n';

const fields = z.object({ email: emailField, key: z.string().optional() });

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { person } = requireOwner(context, request);
  const account = await accountById(context.app.db.reader, person.id);
  return {
    head: { title: context.visit.i18n.t('security.address.title'), noindex: true },
    email: account?.email ?? '',
    key: newFormKey(),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { person } = requireOwner(context, request);
  const { app, visit } = context;
  return submit({ request, context }, fields, async ({ email, key }) => {
    const asking = { email, key, language: visit.i18n.locale, address: visit.address };
    return redirect(await requestAddress(app, person.id, asking), 303);
  });
}

export default function ChangeAddress() {
  const { email, key } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const { t } = useI18n();
  return (
    <>
      <h1>{t('security.address.title')}</h1>
      <TextLine className="lead" k="security.address.text" values={{ email: <bdi>{email}</bdi> }} />
      <ErrorSummary />
      <form method="post" action={pathTo('/settings/address')}>
        <FormKey value={state?.values.key?.[0] ?? key} />
        <EmailField label={t('security.address.new')} />
        <Submit label={t('security.address.title')} />
      </form>
    </>
  );
}
