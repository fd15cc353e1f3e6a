import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { newAccountFields } from '~/domain/accounts/auth/account-fields';
import { signUp } from '~/domain/accounts/auth/sign-up';
import { pathTo } from '~/platform/paths';
import { newFormKey, submit } from '~/server/forms';
import { checkHoneypot, honeypotFields } from '~/server/honeypot';
import { safeRedirect } from '~/server/safe-redirect';
import { rememberSent } from '~/server/sent-mail';
import { NewAccount } from '~/ui/accounts/account-fields';
import { useWay } from '~/ui/accounts/on-the-way';
import { ErrorSummary, FormKey } from '~/ui/forms/fields';
import { Honeypot } from '~/ui/forms/honeypot';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';

const fields = z.object({
  ...newAccountFields,
  redirectTo: z.string().optional(),
  key: z.string().optional(),
  ...honeypotFields,
});

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { i18n, visitor } = context.visit;
  const redirectTo = safeRedirect(new URL(request.url).searchParams.get('redirectTo'), null);
  if (visitor.person) throw redirect(redirectTo ?? '/', 303);
  return {
    head: { title: i18n.t('people.signup.title'), canonical: pathTo('/signup') },
    redirectTo,
    key: newFormKey(),
    started: context.app.clock.now(),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { app, visit } = context;
  return submit(
    { request, context },
    fields,
    async ({ redirectTo, homepage, started, ...input }) => {
      checkHoneypot(app, { homepage, started });
      const sent = await signUp(app, {
        ...input,
        redirectTo: safeRedirect(redirectTo, null),
        language: visit.i18n.locale,
        address: visit.address,
      });
      rememberSent(context, pathTo('/signup/sent'), input.email);
      return redirect(sent, 303);
    },
  );
}

export default function SignUp() {
  const { redirectTo, key, started } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const { t } = useI18n();
  const way = useWay(redirectTo);
  return (
    <>
      <h1>{t('people.signup.title')}</h1>
      <p className="lead">{t('people.signup.intro')}</p>
      <ErrorSummary />
      <form method="post" action={pathTo('/signup')}>
        <FormKey value={state?.values.key?.[0] ?? key} />
        <Honeypot started={started} />
        {way.field}
        <NewAccount
          email={{ hint: t('people.field.emailHint') }}
          submit={t('people.signup.submit')}
        />
      </form>
      <TextLine
        className="after-form"
        k="people.signup.login"
        values={{ link: linkTo(pathTo('/login') + way.query) }}
      />
    </>
  );
}
