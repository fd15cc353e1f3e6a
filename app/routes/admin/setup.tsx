import {
  type ActionFunctionArgs,
  type AppLoadContext,
  type LoaderFunctionArgs,
  redirect,
} from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { emailField, handleField, newPasswordField } from '~/domain/accounts/auth/account-fields';
import { makeFirstAdministrator, readSetupToken } from '~/domain/accounts/auth/setup-link';
import { pathTo } from '~/platform/paths';
import { countNetworkUse } from '~/platform/rate-limits/limiter';
import { submit } from '~/server/forms';
import { notFound } from '~/server/guards';
import { startSession } from '~/server/session';
import { EmailField, HandleField, PasswordField, Terms } from '~/ui/accounts/account-fields';
import { ErrorSummary, Submit } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { Row } from '~/ui/row';

const fields = z.object({ email: emailField, handle: handleField, password: newPasswordField });

export async function loader({ params, context }: LoaderFunctionArgs) {
  const { token, expiresAt } = await requireSetupLink(params.token, context);
  const { t, minute } = context.visit.i18n;
  return {
    head: { title: t('admin.setup.title', { site: context.app.config.siteName }), noindex: true },
    token,
    until: minute(expiresAt),
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const { app, visit } = context;
  const { token } = await requireSetupLink(params.token, context);
  return submit({ request, context }, fields, async (input) => {
    await countNetworkUse(app, 'setup-network', visit.address);
    const headers = new Headers();
    await makeFirstAdministrator(app, token, input, async (tx, userId) => {
      headers.set('Set-Cookie', await startSession(tx, { request, context }, userId));
    });
    return redirect(pathTo('/admin'), { status: 303, headers });
  });
}

/** A link that is wrong, used or late gets the same answer as a page that does not exist. */
async function requireSetupLink(token = '', { app }: AppLoadContext) {
  const expiresAt = await readSetupToken(app.db.reader, app.clock, token);
  if (expiresAt === null) throw notFound();
  return { token, expiresAt };
}

export default function Setup() {
  const { head, token, until } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <>
      <h1>{head.title}</h1>
      <p className="lead">{t('admin.setup.lead')}</p>
      <p className="quiet">{t('admin.setup.until', { time: until })}</p>
      <ErrorSummary />
      <form method="post" action={pathTo('/setup/:token', { token })}>
        <EmailField hint={t('admin.setup.emailHint')} />
        <HandleField />
        <PasswordField chosen />
        <Terms />
        <Row as="div" className="actions">
          <Submit label={t('admin.setup.submit')} />
        </Row>
      </form>
      <p className="quiet after-form">{t('admin.setup.next')}</p>
    </>
  );
}
