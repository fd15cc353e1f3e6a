/** @jsxImportSource hono/jsx */
import { eq } from 'drizzle-orm';
import { notify } from '~/domain/notifications/notify';
import type { AppContext } from '~/platform/app-context';
import { translatorFor } from '~/platform/i18n/translator';
import { writeMail } from '~/platform/mail/layout';
import { queueMail } from '~/platform/mail/outbox';
import { Action, P } from '~/platform/mail/parts';
import { pathTo } from '~/platform/paths';
import type { Db } from '~db/client';
import { users } from '~db/schema';

/**
 * Notifies a member that the moderators wrote: in the app, and by email if the address is
 * confirmed. The message itself is only shown on the site, where nobody else can read it.
 */
export async function tellOfReply(
  tx: Db,
  app: AppContext,
  personId: string,
  conversationId: string,
): Promise<void> {
  await notify(tx, app.clock, { userId: personId, kind: 'modmail' });
  const [person] = await tx.select().from(users).where(eq(users.id, personId));
  if (!person?.email || person.confirmedAt === null) return;
  const i18n = translatorFor(person.language);
  const values = { site: app.config.siteName };
  const mail = writeMail(i18n, app.config, {
    subject: i18n.t('guard.talk.mail.subject', values),
    why: i18n.t('guard.talk.mail.why', values),
    children: (
      <>
        <P>{i18n.t('guard.talk.mail.text', values)}</P>
        <Action href={app.config.origin + pathTo('/modmail/:id', { id: conversationId })}>
          {i18n.t('guard.talk.mail.action')}
        </Action>
      </>
    ),
  });
  await queueMail(tx, app.clock, { to: person.email, ...mail });
}
