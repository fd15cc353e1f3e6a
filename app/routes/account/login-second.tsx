import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { z } from 'zod';
import { codeField } from '~/domain/accounts/auth/account-fields';
import { readAttempt, takeAttempt } from '~/domain/accounts/auth/login-attempts';
import { checkSecondFactor } from '~/domain/accounts/auth/totp';
import { pathTo } from '~/platform/paths';
import { submit } from '~/server/forms';
import { attemptOf, beginLogin, deviceOf, finishLogin } from '~/server/login-flow';
import { CodeField } from '~/ui/accounts/account-fields';
import { ErrorSummary, Submit } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';

const fields = z.object({ code: codeField });

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const token = attemptOf(request);
  const attempt = await readAttempt(app.db.reader, app.clock, 'second-factor', token);
  if (!attempt && visit.method !== 'POST') throw redirect(pathTo('/login'), 303);
  return { head: { title: visit.i18n.t('security.second.title'), noindex: true } };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { app, visit } = context;
  const where = { request, context };
  return submit(where, fields, async ({ code }) => {
    const token = attemptOf(request);
    const waiting = await readAttempt(app.db.reader, app.clock, 'second-factor', token);
    if (!waiting?.userId) return redirect(pathTo('/login'), 303);
    const how = {
      address: visit.address,
      device: deviceOf(request),
      byEmail: waiting.options?.byEmail === true,
    };
    await checkSecondFactor(app, waiting.userId, code, how);
    const entry = await app.db.write(async (tx) => {
      const attempt = await takeAttempt(tx, app.clock, 'second-factor', token);
      if (!attempt?.userId) return null;
      const { userId, redirectTo } = attempt;
      return beginLogin(tx, where, userId, { redirectTo, secondFactor: true });
    });
    return entry ? finishLogin(where, entry) : redirect(pathTo('/login'), 303);
  });
}

export default function SecondFactor() {
  const { t } = useI18n();
  return (
    <>
      <h1>{t('security.second.title')}</h1>
      <p className="lead">{t('security.second.text')}</p>
      <ErrorSummary />
      <form method="post" action={pathTo('/login/second')}>
        <CodeField hint={t('security.second.hint')} />
        <Submit label={t('people.login.submit')} />
      </form>
    </>
  );
}
