import {
  type ActionFunctionArgs,
  type AppLoadContext,
  type LoaderFunctionArgs,
  redirect,
} from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { newAccountFields } from '~/domain/accounts/auth/account-fields';
import { makeFirstAdministrator, readSetupToken } from '~/domain/accounts/auth/setup-link';
import { changeSettings } from '~/domain/administration/settings';
import { pathTo } from '~/platform/paths';
import { countNetworkUse } from '~/platform/rate-limits/limiter';
import {
  DEFAULT_NOT_OFFERED,
  languagesField,
  offersDefault,
  SETTINGS,
} from '~/platform/site-settings';
import { submit } from '~/server/forms';
import { notFound } from '~/server/guards';
import { startSession } from '~/server/session';
import { NewAccount } from '~/ui/accounts/account-fields';
import { LanguageFields, SiteNameField } from '~/ui/admin/setting-fields';
import { ErrorSummary } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';

const fields = z
  .object({
    siteName: SETTINGS.siteName,
    languages: languagesField,
    defaultLanguage: SETTINGS.defaultLanguage,
    ...newAccountFields,
  })
  .refine(offersDefault, DEFAULT_NOT_OFFERED);

export async function loader({ params, context }: LoaderFunctionArgs) {
  const { token, expiresAt } = await requireSetupLink(params.token, context);
  const { t, minute } = context.visit.i18n;
  return {
    head: { title: t('admin.setup.title', { site: context.app.config.siteName }), noindex: true },
    token,
    settings: context.app.community.settings,
    until: minute(expiresAt),
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const { app, visit } = context;
  const { token } = await requireSetupLink(params.token, context);
  const make = async ({ email, handle, password, ...settings }: z.output<typeof fields>) => {
    await countNetworkUse(app, 'setup-network', visit.address);
    const headers = new Headers();
    await makeFirstAdministrator(app, token, { email, handle, password }, async (tx, userId) => {
      await changeSettings(tx, app.clock, userId, settings);
      headers.set('Set-Cookie', await startSession(tx, { request, context }, userId));
    });
    return redirect(pathTo('/admin/start'), { status: 303, headers });
  };
  return submit({ request, context }, fields, make, ['languages']);
}

/** A link that is wrong, used or late gets the same answer as a page that does not exist. */
async function requireSetupLink(token = '', { app }: AppLoadContext) {
  const expiresAt = await readSetupToken(app.db.reader, app.clock, token);
  if (expiresAt === null) throw notFound();
  return { token, expiresAt };
}

export default function Setup() {
  const { head, token, settings, until } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <>
      <h1>{head.title}</h1>
      <p className="lead">{t('admin.setup.lead')}</p>
      <p className="quiet">{t('admin.setup.until', { time: until })}</p>
      <ErrorSummary />
      <form method="post" action={pathTo('/setup/:token', { token })}>
        <SiteNameField value={settings.siteName} />
        <LanguageFields {...settings} />
        <NewAccount email={{ hint: t('admin.setup.emailHint') }} submit={t('admin.setup.submit')} />
      </form>
      <p className="quiet after-form">{t('admin.setup.next')}</p>
    </>
  );
}
