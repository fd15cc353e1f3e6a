import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { browserName } from '~/domain/accounts/auth/browser-name';
import { closeAllSessions, revokeSession, sessionsOf } from '~/domain/accounts/auth/sessions';
import { secondFactors } from '~/domain/accounts/auth/totp';
import { accountById } from '~/domain/accounts/users/accounts';
import { pathTo } from '~/platform/paths';
import { submit } from '~/server/forms';
import { requirePerson } from '~/server/guards';
import { endSession } from '~/server/session';
import { Status, Submit } from '~/ui/forms/fields';
import { Gap, useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';

const DONE = [
  'password',
  'address',
  'revoked',
  'codes',
  'app-off',
  'passkey',
  'passkey-off',
] as const;

const fields = z.object({
  action: z.enum(['revoke', 'everywhere']),
  session: z.string().default(''),
});

export async function loader({ request, context }: LoaderFunctionArgs) {
  const person = requirePerson(context, request);
  const { app, visit } = context;
  const { i18n } = visit;
  const { reader } = app.db;
  const account = await accountById(reader, person.id);
  const done = new URL(request.url).searchParams.get('done');
  const open = await sessionsOf(reader, app.clock, person.id);
  return {
    head: { title: i18n.t('security.title'), noindex: true },
    done: DONE.find((what) => what === done) ?? null,
    email: account?.email ?? '',
    hasPassword: account?.passwordHash != null,
    factors: await secondFactors(reader, person.id),
    sessions: open.map(({ id, browser, provenAt }) => ({
      id,
      browser: browser ? browserName(browser) : i18n.t('security.sessions.browser'),
      day: i18n.day(provenAt),
      own: id === visit.session?.id,
    })),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const person = requirePerson(context, request);
  const { db, clock } = context.app;
  return submit({ request, context }, fields, async ({ action: wish, session }) => {
    if (wish === 'revoke') {
      await db.write((tx) => revokeSession(tx, clock, person.id, session));
      return redirect(pathTo('/settings/security?done=revoked'), 303);
    }
    await db.write((tx) => closeAllSessions(tx, clock, person.id));
    const headers = { 'Set-Cookie': await endSession({ request, context }) };
    return redirect(pathTo('/login'), { status: 303, headers });
  });
}

export default function Security() {
  const { done, email, hasPassword, factors, sessions } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <>
      <h1>{t('security.title')}</h1>
      {done && <Status>{t(`security.done.${done}`)}</Status>}
      <dl>
        <dt>{t('people.field.email')}</dt>
        <dd>
          <bdi>{email}</bdi> <a href={pathTo('/settings/address')}>{t('security.address.title')}</a>
        </dd>
        <dt>{t('people.field.password')}</dt>
        <dd>
          {hasPassword ? t('security.password.is') : t('security.password.none')}
          <Gap />
          <a href={pathTo('/settings/password')}>{t('people.settings.password')}</a>
        </dd>
        <dt>{t('security.second.title')}</dt>
        <dd>
          {factors.app
            ? t('security.app.is', { count: factors.recoveryCodes })
            : t('security.app.none')}
          <Gap />
          <a href={pathTo('/settings/second-factor')}>{t('security.app.link')}</a>
        </dd>
        <dt>{t('security.passkey.title')}</dt>
        <dd>
          {t('security.passkey.count', { count: factors.passkeys })}
          <Gap />
          <a href={pathTo('/settings/passkeys')}>{t('security.passkey.link')}</a>
        </dd>
      </dl>
      <h2>{t('security.sessions.title')}</h2>
      <p className="quiet">{t('security.sessions.text')}</p>
      <ul className="rows">
        {sessions.map((session) => (
          <li key={session.id} className="key-row">
            <span>
              <strong>{session.browser}</strong>{' '}
              <span className="quiet">
                {t('security.sessions.day', { day: session.day })}
                {session.own && ` · ${t('security.sessions.own')}`}
              </span>
            </span>
            {!session.own && (
              <form method="post" action={pathTo('/settings/security')}>
                <input type="hidden" name="action" value="revoke" />
                <input type="hidden" name="session" value={session.id} />
                <button type="submit">{t('security.sessions.revoke')}</button>
              </form>
            )}
          </li>
        ))}
      </ul>
      <form method="post" action={pathTo('/settings/security')}>
        <input type="hidden" name="action" value="everywhere" />
        <Submit look="danger" label={t('security.sessions.everywhere')} />
      </form>
      <LinkLine
        className="after-form"
        href={pathTo('/settings')}
        label={t('people.settings.title')}
      />
    </>
  );
}
