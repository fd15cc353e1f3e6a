import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { sendLinkAgain } from '~/domain/accounts/auth/sign-up';
import { accountById } from '~/domain/accounts/users/accounts';
import { waitingFor, waitingMail } from '~/domain/publishing/pending-submissions';
import { pathTo } from '~/platform/paths';
import { newFormKey, submit } from '~/server/forms';
import { requirePerson } from '~/server/guards';
import { rememberSent } from '~/server/sent-mail';
import { ErrorSummary, FormKey, Submit } from '~/ui/forms/fields';
import { TextLine, useI18n } from '~/ui/i18n';

const fields = z.object({ key: z.string().optional() });

/** For logged-in people who have not confirmed their email address yet. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const person = requirePerson(context, request);
  if (person.confirmedAt !== null) throw redirect('/', 303);
  const account = await accountById(context.app.db.reader, person.id);
  return {
    head: { title: context.visit.i18n.t('people.again.title'), noindex: true },
    email: account?.email ?? '',
    key: newFormKey(),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const person = requirePerson(context, request);
  const { app, visit } = context;
  return submit({ request, context }, fields, async ({ key }) => {
    const waits = await waitingFor(app.db.reader, person.id);
    const waiting = waits && (await waitingMail(app.db.reader, waits.place));
    const sent = await sendLinkAgain(app, person.id, { address: visit.address, key, waiting });
    const account = await accountById(app.db.reader, person.id);
    rememberSent(context, pathTo('/signup/sent'), account?.email ?? '', waits?.place);
    return redirect(sent, 303);
  });
}

export default function ConfirmAgain() {
  const { email, key } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const { t } = useI18n();
  return (
    <>
      <h1>{t('people.again.title')}</h1>
      <ErrorSummary />
      <TextLine className="lead" k="people.again.text" values={{ email: <bdi>{email}</bdi> }} />
      <form method="post" action={pathTo('/confirm')}>
        <FormKey value={state?.values.key?.[0] ?? key} />
        <Submit label={t('people.again.submit')} />
      </form>
      <p className="quiet after-form">{t('people.again.wrong')}</p>
    </>
  );
}
