import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { readAttempt } from '~/domain/accounts/auth/login-attempts';
import { addPasskey } from '~/domain/accounts/auth/passkeys';
import { pathTo } from '~/platform/paths';
import { endedAttemptCookie } from '~/server/cookies';
import { submit } from '~/server/forms';
import { requireOwner } from '~/server/guards';
import { allowScript } from '~/server/headers';
import { attemptOf } from '~/server/login-flow';
import { renewSession } from '~/server/session';
import { PasskeyForm } from '~/ui/accounts/passkey-form';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';

const fields = z.object({ response: z.string().max(20_000) });

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireOwner(context, request);
  const { app, visit } = context;
  const token = attemptOf(request);
  const attempt = await readAttempt(app.db.reader, app.clock, 'new-passkey', token);
  if (!attempt?.options && visit.method !== 'POST')
    throw redirect(pathTo('/settings/passkeys'), 303);
  allowScript(visit.headers);
  const { name = '', creation = null } = (attempt?.options ?? {}) as {
    name?: string;
    creation?: Record<string, unknown> | null;
  };
  return {
    head: { title: visit.i18n.t('security.passkey.begin'), noindex: true },
    name,
    creation,
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { person, session } = requireOwner(context, request);
  const { app } = context;
  return submit({ request, context }, fields, async ({ response }) => {
    const who = { userId: person.id, sessionId: session.id };
    await addPasskey(app, who, { token: attemptOf(request), response });
    await renewSession(context);
    const headers = { 'Set-Cookie': endedAttemptCookie(app.config.origin) };
    return redirect(pathTo('/settings/security?done=passkey'), { status: 303, headers });
  });
}

export default function NewPasskey() {
  const { head, name, creation } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <>
      <h1>{head.title}</h1>
      {creation ? (
        <>
          <p className="lead">{t('security.passkey.askNew', { name })}</p>
          <PasskeyForm
            action={pathTo('/settings/passkeys/new')}
            ask="create"
            options={creation}
            label={t('security.passkey.create')}
          />
        </>
      ) : (
        <p className="lead" role="alert">
          {t('security.passkey.error')}
        </p>
      )}
      <LinkLine
        className="after-form"
        href={pathTo('/settings/passkeys')}
        label={t('security.passkey.title')}
      />
    </>
  );
}
