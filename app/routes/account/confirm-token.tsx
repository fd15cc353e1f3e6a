import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readToken } from '~/domain/accounts/auth/mail-tokens';
import { confirm } from '~/domain/accounts/auth/sign-up';
import { accountById } from '~/domain/accounts/users/accounts';
import { postWaiting } from '~/domain/publishing/pending-submissions';
import { pathTo } from '~/platform/paths';
import { safeRedirect } from '~/server/safe-redirect';
import { startSession } from '~/server/session';
import { Pressed } from '~/ui/forms/fields';
import { Text, useI18n } from '~/ui/i18n';

/**
 * Email programs open links to preview them, so a GET only shows the button and confirms nothing.
 */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { t } = visit.i18n;
  const token = params.token ?? '';
  const grant = await readToken(app.db.reader, app.clock, 'confirm', token);
  const account = grant && (await accountById(app.db.reader, grant.userId));
  if (!account) {
    const head = { title: t('people.confirm.gone.title'), noindex: true };
    return data({ head, token, handle: null }, { status: 404 });
  }
  const head = { title: t('people.confirm.title'), noindex: true };
  return data({ head, token, handle: account.handle });
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const { app } = context;
  const done = await app.db.write(async (tx) => {
    const grant = await confirm(tx, app, params.token ?? '');
    if (!grant) return null;
    const cookie = await startSession(tx, { request, context }, grant.userId);
    return { cookie, userId: grant.userId, to: safeRedirect(grant.redirectTo) };
  });
  // The loader gets the same result, and the page explains what to do.
  if (!done) return data(null, { status: 404 });
  // Posts what was written before sign-up; if this is interrupted, it is posted later.
  const posted = await postWaiting(app, done.userId);
  return redirect(posted ?? done.to, { status: 303, headers: { 'Set-Cookie': done.cookie } });
}

export default function Confirm() {
  const { token, handle } = useLoaderData<typeof loader>();
  return handle === null ? <Gone /> : <Ask token={token} handle={handle} />;
}

function Ask({ token, handle }: { token: string; handle: string }) {
  const { t } = useI18n();
  return (
    <>
      <h1>{t('people.confirm.title')}</h1>
      <p className="lead">
        <Text k="people.confirm.text" values={{ handle: <bdi>{handle}</bdi> }} />
      </p>
      <form method="post" action={pathTo('/confirm/:token', { token })}>
        <Pressed />
        <button className="primary" type="submit">
          {t('people.confirm.submit')}
        </button>
      </form>
      <p className="quiet after-form">{t('people.confirm.notYou')}</p>
    </>
  );
}

function Gone() {
  const { t } = useI18n();
  return (
    <>
      <h1>{t('people.confirm.gone.title')}</h1>
      <p className="lead">{t('people.confirm.gone.text')}</p>
      <p>
        <Text
          k="people.confirm.gone.next"
          values={{
            login: (words) => <a href={pathTo('/login')}>{words}</a>,
            again: (words) => <a href={pathTo('/confirm')}>{words}</a>,
          }}
        />
      </p>
    </>
  );
}
