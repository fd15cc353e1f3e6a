import { eq } from 'drizzle-orm';
import { notify } from '~/domain/notifications/notify';
import type { AppContext } from '~/platform/app-context';
import { DEFAULT_LOCALE, isLocale } from '~/platform/i18n/locales';
import { translator } from '~/platform/i18n/translator';
import { writeLetter } from '~/platform/mail/mail-layout';
import { queueMail } from '~/platform/mail/outbox';
import type { Db } from '~db/client';
import { users } from '~db/schema';

/**
 * Tells a member that the moderators wrote: here, and by mail where the address is confirmed. The
 * words themselves are read here, where nobody else opens them.
 */
export async function tellOfReply(
  tx: Db,
  app: AppContext,
  personId: string,
  talkId: string,
): Promise<void> {
  await notify(tx, app.clock, { userId: personId, kind: 'modmail' });
  const [person] = await tx.select().from(users).where(eq(users.id, personId));
  if (!person?.email || person.confirmedAt === null) return;
  const i18n = translator(isLocale(person.language) ? person.language : DEFAULT_LOCALE);
  const values = { site: app.config.siteName };
  await queueMail(tx, app.clock, {
    to: person.email,
    subject: i18n.t('guard.talk.mail.subject', values),
    ...writeLetter(i18n, {
      paragraphs: [i18n.t('guard.talk.mail.text', values)],
      action: {
        label: i18n.t('guard.talk.mail.action'),
        url: `${app.config.origin}/modmail/${talkId}`,
      },
      footer: i18n.t('guard.talk.mail.why', values),
    }),
  });
}
