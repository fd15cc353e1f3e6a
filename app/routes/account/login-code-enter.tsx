import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { codeField } from '~/domain/accounts/auth/account-fields';
import { hasTries, readAttempt } from '~/domain/accounts/auth/login-attempts';
import { enterCode } from '~/domain/accounts/auth/mail-code';
import { DomainError } from '~/platform/errors';
import { pathTo } from '~/platform/paths';
import { countUses, networkUses, takeBackUses } from '~/platform/rate-limits/limiter';
import { submit } from '~/server/forms';
import { attemptOf, beginLogin, finishLogin } from '~/server/login-flow';
import { readSent } from '~/server/sent-mail';
import { CodeField } from '~/ui/accounts/account-fields';
import { sentTo } from '~/ui/accounts/check-mail';
import { ErrorSummary, Submit } from '~/ui/forms/fields';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';

const fields = z.object({ code: codeField });

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const attempt = await readAttempt(app.db.reader, app.clock, 'code', attemptOf(request));
  const waits = attempt !== null && hasTries(attempt);
  const title = visit.i18n.t(waits ? 'security.enter.title' : 'security.enter.gone.title');
  const guesses = new URL(request.url).searchParams.get('why') === 'guesses';
  const { email } = readSent(request);
  return data(
    { head: { title, noindex: true }, waits, guesses, email },
    { status: waits ? 200 : 404 },
  );
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { app, visit } = context;
  const where = { request, context };
  return submit(where, fields, async ({ code }) => {
    const uses = networkUses('login-network', visit.address);
    await countUses(app, uses);
    const outcome = await app.db.write(async (tx) => {
      const found = await enterCode(tx, app, attemptOf(request), code);
      return typeof found === 'string'
        ? found
        : beginLogin(tx, where, found.userId, { ...found, byEmail: true });
    });
    if (outcome === 'wrong')
      throw new DomainError('refused', 'security.error.code', { field: 'code' });
    // The loader gets the same result, and the page explains what to do.
    if (outcome === 'gone') return data(null, { status: 404 });
    await takeBackUses(app, uses);
    return finishLogin(where, outcome);
  });
}

export default function EnterCode() {
  const { head, waits, guesses, email } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  if (!waits) {
    return (
      <>
        <h1>{head.title}</h1>
        <p className="lead">{t('security.enter.gone.text')}</p>
        <LinkLine href={pathTo('/login/code')} label={t('security.enter.gone.next')} />
      </>
    );
  }
  return (
    <>
      <h1>{head.title}</h1>
      <TextLine
        className="lead"
        k={guesses ? 'security.enter.guesses' : 'security.enter.text'}
        values={sentTo(email)}
      />
      <ErrorSummary />
      <form method="post" action={pathTo('/login/code/enter')}>
        <CodeField numeric hint={t('security.field.codeHint')} />
        <Submit label={t('people.login.submit')} />
      </form>
      <TextLine
        className="quiet after-form"
        k="people.sent.late"
        values={{ link: linkTo(pathTo('/login/code')) }}
      />
    </>
  );
}
