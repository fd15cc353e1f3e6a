/** @jsxImportSource hono/jsx */
import { and, eq, isNotNull } from 'drizzle-orm';
import { inOffice } from '~/domain/moderation/permissions';
import type { AppContext } from '~/platform/app-context';
import { DAY } from '~/platform/clock';
import { translatorFor } from '~/platform/i18n/translator';
import { findValue, putValue } from '~/platform/installation-values';
import { writeMail } from '~/platform/mail/layout';
import { type MailContent, queueMail } from '~/platform/mail/outbox';
import { Action, P } from '~/platform/mail/parts';
import { pathTo } from '~/platform/paths';
import { users } from '~db/schema';
import { isMany, type RefusedMail, refusedMail } from './refused-mail';

/** The name of the setting that holds when the administrators were last told. */
const TOLD = 'refused-mail-told';

/** Emails the administrators, once a day, if many emails were refused for one cause. */
export async function tellRefusedMail(app: AppContext): Promise<void> {
  const { clock } = app;
  const many = (await refusedMail(app.db.reader, clock)).filter(isMany);
  if (many.length === 0) return;
  await app.db.write(async (tx) => {
    const now = clock.now();
    const toldAt = await findValue(tx, TOLD);
    if (toldAt !== null && Number(toldAt) > now - DAY) return;
    await putValue(tx, TOLD, String(now));
    const administrators = await tx
      .select({ email: users.email, language: users.language })
      .from(users)
      .where(and(inOffice(clock), eq(users.role, 'administrator'), isNotNull(users.email)));
    for (const { email, language } of administrators) {
      await queueMail(tx, clock, { to: email ?? '', ...refusedMailMail(app, language, many) });
    }
  });
}

/** To an administrator: many emails were refused for one cause. */
export function refusedMailMail(
  { config }: AppContext,
  language: string | null,
  refused: readonly RefusedMail[],
): MailContent {
  const i18n = translatorFor(language);
  const { t, gap } = i18n;
  const values = { site: config.siteName };
  return writeMail(i18n, config, {
    subject: t('mail.refused.subject', values),
    why: t('mail.refused.why', values),
    children: (
      <>
        <P>{t('mail.refused.lead')}</P>
        {refused.map(({ cause, emails, domain, reply }) => (
          <P key={cause}>
            {t('mail.refused.line', { count: emails, cause: t(`mail.refused.cause.${cause}`) })}
            {gap}
            {domain && t('mail.refused.domain', { domain }) + gap}
            {t('mail.refused.reply', { reply })}
          </P>
        ))}
        <P>{t('mail.refused.next')}</P>
        <Action href={config.origin + pathTo('/admin/mail')}>{t('admin.mail.title')}</Action>
      </>
    ),
  });
}
