/** @jsxImportSource hono/jsx */
import type { AppContext } from '~/platform/app-context';
import type { Translator } from '~/platform/i18n/translator';
import { writeMail } from '~/platform/mail/layout';
import type { MailContent } from '~/platform/mail/outbox';
import { Action, P } from '~/platform/mail/parts';
import { pathTo } from '~/platform/paths';
import type { Role } from '~db/schema/people';

/** An invitation to an email address, with the link that accepts it. It holds no typed text. */
export function invitationMail(
  { config }: AppContext,
  i18n: Translator,
  { role, token, expiresAt }: { role: Role; token: string; expiresAt: number },
): MailContent {
  const values = { site: config.siteName, role };
  return writeMail(i18n, config, {
    subject: i18n.t('admin.invitation.mail.subject', values),
    children: (
      <>
        <P>{i18n.t('admin.invitation.mail.text', values)}</P>
        <P>{i18n.t('admin.invitation.mail.until', { day: i18n.day(expiresAt) })}</P>
        <Action href={config.origin + pathTo('/invitations/:token', { token })}>
          {i18n.t('admin.invitation.mail.action')}
        </Action>
      </>
    ),
  });
}
