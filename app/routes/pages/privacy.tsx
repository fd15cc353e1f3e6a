import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { DEVICE_COOKIE } from '~/domain/accounts/auth/known-devices';
import { ATTEMPT_COOKIE } from '~/domain/accounts/auth/login-attempts';
import { LONGEST_SESSION_DAYS, SESSION_DAYS } from '~/domain/accounts/auth/sessions';
import { BACKUP_DAYS } from '~/domain/ops/backup-days';
import { machineOf } from '~/domain/publishing/machine-translation';
import { contactAddress } from '~/platform/mail/sender-address';
import { pathTo } from '~/platform/paths';
import {
  ARRIVED_COOKIE,
  INVITATION_COOKIE,
  LANGUAGE_COOKIE,
  LINK_COOKIE,
  PLACE_COOKIE,
  SENT_COOKIE,
  sessionCookieName,
} from '~/server/cookies';
import { Contents } from '~/ui/contents';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';

const STORED = [
  'account',
  'words',
  'moderation',
  'notices',
  'mail',
  'network',
  'log',
  'backups',
] as const;

export async function loader({ context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  return {
    head: {
      title: visit.i18n.t('pages.privacy.title'),
      description: visit.i18n.t('pages.privacy.lead'),
      canonical: pathTo('/privacy'),
    },
    address: contactAddress(app.config),
    backupDays: BACKUP_DAYS,
    spamService: app.config.akismet && new URL(app.config.akismet.url).hostname,
    translationServer: machineOf(app)?.host,
    modelServer: app.config.llm && new URL(app.config.llm.url).hostname,
    cookies: {
      session: sessionCookieName(app.config.origin),
      days: SESSION_DAYS,
      longestDays: LONGEST_SESSION_DAYS,
      language: LANGUAGE_COOKIE,
      device: DEVICE_COOKIE,
      attempt: ATTEMPT_COOKIE,
      got: ARRIVED_COOKIE,
      place: PLACE_COOKIE,
      link: LINK_COOKIE,
      sent: SENT_COOKIE,
      invitation: INVITATION_COOKIE,
    },
  };
}

export default function Privacy() {
  const { head, address, backupDays, spamService, modelServer, translationServer, cookies } =
    useLoaderData<typeof loader>();
  const { t } = useI18n();
  const entries = [
    { id: 'safety', title: t('pages.privacy.safety.title') },
    { id: 'kept', title: t('pages.privacy.kept.title') },
    { id: 'cookies', title: t('pages.privacy.cookies.title') },
    { id: 'rights', title: t('pages.privacy.rights.title') },
  ];
  return (
    <article className="page">
      <div className="page-main prose">
        <h1>{head.title}</h1>
        <p className="lead">{t('pages.privacy.lead')}</p>

        <h2 id="safety">{t('pages.privacy.safety.title')}</h2>
        <p>{t('pages.privacy.safety.text')}</p>

        <h2 id="kept">{t('pages.privacy.kept.title')}</h2>
        <dl>
          {STORED.map((one) => (
            <div key={one}>
              <dt>{t(`pages.privacy.kept.${one}.name`)}</dt>
              <dd>{t(`pages.privacy.kept.${one}.text`, { count: backupDays })}</dd>
            </div>
          ))}
        </dl>

        <h2 id="cookies">{t('pages.privacy.cookies.title')}</h2>
        <dl>
          <dt>
            <code>{cookies.session}</code>
          </dt>
          <dd>
            {t('pages.privacy.cookies.session', { days: cookies.days, most: cookies.longestDays })}
          </dd>
          <dt>
            <code>{cookies.language}</code>
          </dt>
          <dd>{t('pages.privacy.cookies.language')}</dd>
          <dt>
            <code>{cookies.device}</code>
          </dt>
          <dd>{t('pages.privacy.cookies.device')}</dd>
          <dt>
            <code>{cookies.attempt}</code>
          </dt>
          <dd>{t('pages.privacy.cookies.attempt')}</dd>
          <dt>
            <code>{cookies.got}</code>
          </dt>
          <dd>{t('pages.privacy.cookies.got')}</dd>
          <dt>
            <code>{cookies.place}</code>
          </dt>
          <dd>{t('asking.cookie.place')}</dd>
          <dt>
            <code>{cookies.link}</code>
          </dt>
          <dd>{t('asking.cookie.link')}</dd>
          <dt>
            <code>{cookies.sent}</code>
          </dt>
          <dd>{t('asking.cookie.sent')}</dd>
          <dt>
            <code>{cookies.invitation}</code>
          </dt>
          <dd>{t('pages.privacy.cookies.invitation')}</dd>
        </dl>
        <p>{t('pages.privacy.cookies.text')}</p>
        {spamService && <p>{t('guard.privacy.spam', { service: spamService })}</p>}
        {translationServer && (
          <p>{t('translations.machine.privacy', { service: translationServer })}</p>
        )}
        {modelServer && <p>{t('editions.machine.privacy', { service: modelServer })}</p>}

        <h2 id="rights">{t('pages.privacy.rights.title')}</h2>
        <TextLine
          k="pages.privacy.rights.text"
          values={{
            address,
            data: linkTo(pathTo('/settings/data')),
            mail: linkTo(`mailto:${address}`),
          }}
        />
      </div>
      <Contents entries={entries} />
    </article>
  );
}
