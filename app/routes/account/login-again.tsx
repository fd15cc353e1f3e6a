import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { filledField } from '~/domain/accounts/auth/account-fields';
import { proveAgain } from '~/domain/accounts/auth/log-in';
import { accountById } from '~/domain/accounts/users/accounts';
import { pathTo } from '~/platform/paths';
import { submit } from '~/server/forms';
import { requirePerson } from '~/server/guards';
import { safeRedirect } from '~/server/safe-redirect';
import { renewSession } from '~/server/session';
import { PasswordField } from '~/ui/accounts/account-fields';
import { ErrorSummary } from '~/ui/forms/fields';
import { Text, useI18n } from '~/ui/i18n';
import { Row } from '~/ui/row';

const fields = z.object({ password: filledField, redirectTo: z.string().optional() });

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
  const state = useActionData<typeof action>();
  const { t } = useI18n();
  const onTheWayTo = state?.values.redirectTo?.[0] ?? redirectTo;
  const query = onTheWayTo ? `?redirectTo=${encodeURIComponent(onTheWayTo)}` : '';
  return (
    <>
      <h1>{t('security.again.title')}</h1>
      <p className="lead">
        <Text k="security.again.text" values={{ handle: <bdi>{handle}</bdi> }} />
      </p>
      <ErrorSummary state={state} />
      {hasPassword && (
        <form method="post" action={pathTo('/login/again')}>
          {onTheWayTo && <input type="hidden" name="redirectTo" value={onTheWayTo} />}
          <PasswordField state={state} />
          <button className="primary" type="submit">
            {t('security.again.submit')}
          </button>
        </form>
      )}
      <Row as="form" className="actions after-form" method="post" action={pathTo('/login/passkey')}>
        <input type="hidden" name="action" value="begin" />
        {onTheWayTo && <input type="hidden" name="redirectTo" value={onTheWayTo} />}
        <a className="button" href={pathTo('/login/code') + query}>
          {t('security.login.code')}
        </a>
        <button type="submit">{t('security.login.passkey')}</button>
      </Row>
    </>
  );
}
