import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { passwordField } from '~/domain/accounts/auth/account-fields';
import { proveAgain } from '~/domain/accounts/auth/log-in';
import { accountById } from '~/domain/accounts/users/accounts';
import { pathTo } from '~/platform/paths';
import { submit } from '~/server/forms';
import { requirePerson } from '~/server/guards';
import { safeRedirect } from '~/server/safe-redirect';
import { renewSession } from '~/server/session';
import { PasswordField } from '~/ui/accounts/account-fields';
import { PasskeyLogin, useWay } from '~/ui/accounts/on-the-way';
import { ErrorSummary, Submit } from '~/ui/forms/fields';
import { TextLine, useI18n } from '~/ui/i18n';

const fields = z.object({ password: passwordField, redirectTo: z.string().optional() });

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { id, handle } = requirePerson(context, request);
  const account = await accountById(context.app.db.reader, id);
  return {
    head: { title: context.visit.i18n.t('security.again.title'), noindex: true },
    handle,
    hasPassword: account?.passwordHash != null,
    redirectTo: safeRedirect(new URL(request.url).searchParams.get('redirectTo'), null),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const person = requirePerson(context, request);
  const { session } = context.visit;
  return submit({ request, context }, fields, async ({ password, redirectTo }) => {
    const who = { userId: person.id, sessionId: session?.id ?? '' };
    await proveAgain(context.app, who, password);
    await renewSession(context);
    return redirect(safeRedirect(redirectTo, pathTo('/settings/security')), 303);
  });
}

export default function ProveAgain() {
  const { handle, hasPassword, redirectTo } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  const way = useWay(redirectTo);
  return (
    <>
      <h1>{t('security.again.title')}</h1>
      <TextLine className="lead" k="security.again.text" values={{ handle: <bdi>{handle}</bdi> }} />
      <ErrorSummary />
      {hasPassword && (
        <form method="post" action={pathTo('/login/again')}>
          {way.field}
          <PasswordField />
          <Submit label={t('security.again.submit')} />
        </form>
      )}
      <PasskeyLogin way={way}>
        <a className="button" href={pathTo('/login/code') + way.query}>
          {t('security.login.code')}
        </a>
      </PasskeyLogin>
    </>
  );
}
