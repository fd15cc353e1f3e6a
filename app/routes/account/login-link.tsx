import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readAttempt } from '~/domain/accounts/auth/login-attempts';
import { enterByLink } from '~/domain/accounts/auth/mail-code';
import { readToken } from '~/domain/accounts/auth/mail-tokens';
import { accountById } from '~/domain/accounts/users/accounts';
import { pathTo } from '~/platform/paths';
import { attemptOf, beginLogin, finishLogin } from '~/server/login-flow';
import { isOpened } from '~/server/mail-links';
import type { RouteArgs } from '~/server/request-context';
import { Pressed, Submit } from '~/ui/forms/fields';
import { TextLine, useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';

/**
 * Email programs open links to preview them, so a GET logs in only the browser that asked for the
 * code; elsewhere it shows the button.
 */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const token = params.token ?? '';
  const grant = await readToken(app.db.reader, app.clock, 'login', token);
  const account = grant && (await accountById(app.db.reader, grant.userId));
  if (account && isOpened(request)) {
    const attempt = await readAttempt(app.db.reader, app.clock, 'code', attemptOf(request));
    const done = attempt?.userId === account.id && (await logInByLink({ request, context }, token));
    if (done) throw done;
  }
  const title = visit.i18n.t(account ? 'people.login.title' : 'people.confirm.gone.title');
  return data(
    { head: { title, noindex: true }, token, handle: account?.handle ?? null },
    { status: account ? 200 : 404 },
  );
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  // The loader gets the same result, and the page explains what to do.
  return (
    (await logInByLink({ request, context }, params.token ?? '')) ?? data(null, { status: 404 })
  );
}

/** Uses the link and continues the login; null if it is not valid. */
async function logInByLink(where: RouteArgs, token: string): Promise<Response | null> {
  const { app } = where.context;
  const entry = await app.db.write(async (tx) => {
    const grant = await enterByLink(tx, app, token);
    return grant && beginLogin(tx, where, grant.userId, { ...grant, byEmail: true });
  });
  return entry && finishLogin(where, entry);
}

export default function LoginLink() {
  const { head, token, handle } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  if (handle === null) {
    return (
      <>
        <h1>{head.title}</h1>
        <p className="lead">{t('security.link.gone')}</p>
        <LinkLine href={pathTo('/login/code')} label={t('security.enter.gone.next')} />
      </>
    );
  }
  return (
    <>
      <h1>{head.title}</h1>
      <TextLine className="lead" k="security.link.text" values={{ handle: <bdi>{handle}</bdi> }} />
      <form method="post" action={pathTo('/login/link/:token', { token })}>
        <Pressed />
        <Submit label={t('people.login.submit')} />
      </form>
      <p className="quiet after-form">{t('security.link.notYou')}</p>
    </>
  );
}
