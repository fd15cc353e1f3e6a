import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readToken } from '~/domain/accounts/auth/mail-tokens';
import { confirm } from '~/domain/accounts/auth/sign-up';
import { accountById } from '~/domain/accounts/users/accounts';
import { postWaiting } from '~/domain/publishing/pending-submissions';
import { digestOf } from '~/platform/ids';
import { pathTo } from '~/platform/paths';
import { endedLinkCookie } from '~/server/cookies';
import { isOpenedByRequester } from '~/server/mail-links';
import { safeRedirect } from '~/server/safe-redirect';
import { startSession } from '~/server/session';
import { Pressed, Submit } from '~/ui/forms/fields';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';

/** Email programs open links: a GET confirms only in the browser that asked for the link. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { t } = visit.i18n;
  const token = params.token ?? '';
  const grant = await readToken(app.db.reader, app.clock, 'confirm', token);
  const account = grant && (await accountById(app.db.reader, grant.userId));
  if (account && isOpenedByRequester(request, digestOf(token))) {
    const done = await confirmAndPost({ request, context }, token);
    if (done) throw done;
  }
  if (!account) {
    const head = { title: t('people.confirm.gone.title'), noindex: true };
    return data({ head, token, handle: null }, { status: 404 });
  }
  const head = { title: t('people.confirm.title'), noindex: true };
  return data({ head, token, handle: account.handle });
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  // The loader gets the same result, and the page explains what to do.
  const done = await confirmAndPost({ request, context }, params.token ?? '');
  return done ?? data(null, { status: 404 });
}

/** Confirms the account, logs in, and posts what waits for it; null if the link is not valid. */
async function confirmAndPost(
  { request, context }: Pick<ActionFunctionArgs, 'request' | 'context'>,
  token: string,
): Promise<Response | null> {
  const { app } = context;
  const done = await app.db.write(async (tx) => {
    const grant = await confirm(tx, app, token);
    if (!grant) return null;
    const cookie = await startSession(tx, { request, context }, grant.userId);
    return { cookie, userId: grant.userId, to: safeRedirect(grant.redirectTo) };
  });
  if (!done) return null;
  // Posts what was written before sign-up; if this is interrupted, it is posted later.
  const posted = await postWaiting(app, done.userId);
  const headers = new Headers({ 'Set-Cookie': done.cookie });
  headers.append('Set-Cookie', endedLinkCookie(app.config.origin));
  return redirect(posted ?? done.to, { status: 303, headers });
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
      <TextLine className="lead" k="people.confirm.text" values={{ handle: <bdi>{handle}</bdi> }} />
      <form method="post" action={pathTo('/confirm/:token', { token })}>
        <Pressed />
        <Submit label={t('people.confirm.submit')} />
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
      <TextLine
        k="people.confirm.gone.next"
        values={{ login: linkTo(pathTo('/login')), again: linkTo(pathTo('/confirm')) }}
      />
    </>
  );
}
