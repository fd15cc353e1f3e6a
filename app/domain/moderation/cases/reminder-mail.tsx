/** @jsxImportSource hono/jsx */
import type { AppContext } from '~/platform/app-context';
import { HOUR } from '~/platform/clock';
import { translatorFor } from '~/platform/i18n/translator';
import { writeMail } from '~/platform/mail/layout';
import type { MailContent } from '~/platform/mail/outbox';
import { Action, LinkLine, P } from '~/platform/mail/parts';
import { pathTo } from '~/platform/paths';
import type { CaseCause } from '~db/schema/moderation';

/** Maximum number of cases listed in the email; the queue has all. */
const NAMED = 10;

/** To a moderator: the cases that have waited too long, and why each was opened. */
export function caseReminderMail(
  { config, clock }: AppContext,
  language: string | null,
  waiting: { id: string; openedAt: number }[],
  causes: Map<string, CaseCause[]>,
): MailContent {
  const i18n = translatorFor(language);
  const { t } = i18n;
  const values = { n: waiting.length, hours: config.caseReminderHours, site: config.siteName };
  const reasons = (id: string) =>
    (causes.get(id) ?? []).map((cause) => t(`moderation.cause.${cause}`)).join(' · ');
  return writeMail(i18n, config, {
    subject: t('moderation.reminder.subject', values),
    why: t('moderation.reminder.why', values),
    children: (
      <>
        <P>{t('moderation.reminder.lead', values)}</P>
        {waiting.slice(0, NAMED).map(({ id, openedAt }) => (
          <LinkLine key={id} href={config.origin + pathTo('/mod/cases/:id', { id })}>
            {t('moderation.reminder.line', {
              why: reasons(id),
              hours: Math.floor((clock.now() - openedAt) / HOUR),
            })}
          </LinkLine>
        ))}
        <Action href={config.origin + pathTo('/mod')}>{t('moderation.reminder.queue')}</Action>
      </>
    ),
  });
}
