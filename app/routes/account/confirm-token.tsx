import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readToken } from '~/domain/accounts/auth/mail-tokens';
import { confirm } from '~/domain/accounts/auth/sign-up';
import { accountById } from '~/domain/accounts/users/accounts';
import { passWaiting, postWaiting, waitingFor } from '~/domain/publishing/pending-submissions';
import { digestOf } from '~/platform/ids';
import { pathTo } from '~/platform/paths';
import { waitingView } from '~/routes/forum/waiting-view';
import { endedLinkCookie } from '~/server/cookies';
import { isOpenedByRequester } from '~/server/mail-links';
import { safeRedirect } from '~/server/safe-redirect';
import { startSession } from '~/server/session';
import { Pressed, Submit } from '~/ui/forms/fields';
import { WaitingPreview } from '~/ui/forum/waiting-preview';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';

/** What the button does, or for a text the name under which it appears. */
const CONFIRMS = {
  answer: 'writing.post.as',
  report: 'writing.post.as',
  thread: 'writing.post.as',
  meToo: 'writing.confirm.meToo',
  stance: 'writing.confirm.stance',
  flag: 'writing.confirm.flag',
} as const;

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
    return data({ head, token, handle: null, waits: null }, { status: 404 });
  }
  const waiting = await waitingFor(app.db.reader, account.id);
  const waits = waiting && (await waitingView(context, waiting));
  const head = { title: waits?.title ?? t('people.confirm.title'), noindex: true };
  return data({ head, token, handle: account.handle, waits });
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  // The loader gets the same result, and the page explains what to do.
  const done = await confirmAndPost({ request, context }, params.token ?? '');
  return done ?? data(null, { status: 404 });
}

/**
 * Confirms the account, logs in, and posts what waits for it; without that, the person sees what to
 * do next. Null if the link is not valid.
 */
async function confirmAndPost(
  { request, context }: Pick<ActionFunctionArgs, 'request' | 'context'>,
  token: string,
): Promise<Response | null> {
  const { app } = context;
  const done = await app.db.write(async (tx) => {
    const grant = await confirm(tx, app, token, (accounts) => passWaiting(tx, app.clock, accounts));
    if (!grant) return null;
    const cookie = await startSession(tx, { request, context }, grant.userId);
    return { cookie, userId: grant.userId, to: safeRedirect(grant.redirectTo, pathTo('/you')) };
  });
  if (!done) return null;
  // Posts what was written before sign-up; if this is interrupted, it is posted later.
  const posted = await postWaiting(app, done.userId);
  const headers = new Headers({ 'Set-Cookie': done.cookie });
  headers.append('Set-Cookie', endedLinkCookie(app.config.origin, 'account'));
  return redirect(posted ?? done.to, { status: 303, headers });
}

export default function Confirm() {
  const { handle } = useLoaderData<typeof loader>();
  return handle === null ? <Gone /> : <Ask handle={handle} />;
}

function Ask({ handle }: { handle: string }) {
  const { head, token, waits } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <>
      <h1>{head.title}</h1>
      {waits && <WaitingPreview {...waits} />}
      <TextLine
        className={waits ? 'quiet' : 'lead'}
        k={waits ? CONFIRMS[waits.kind] : 'people.confirm.text'}
        values={{ handle: <bdi>{handle}</bdi> }}
      />
      <form method="post" action={pathTo('/confirm/:token', { token })}>
        <Pressed />
        <Submit label={waits?.action ?? t('people.confirm.submit')} />
      </form>
      <p className="quiet after-form">
        {t(waits ? 'writing.confirm.notYou' : 'people.confirm.notYou')}
      </p>
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
