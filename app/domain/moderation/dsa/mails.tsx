/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx';
import type { AppContext } from '~/platform/app-context';
import { translatorFor } from '~/platform/i18n/translator';
import { writeMail } from '~/platform/mail/layout';
import { queueMail } from '~/platform/mail/outbox';
import { P, Url } from '~/platform/mail/parts';
import { contactAddress } from '~/platform/mail/sender-address';
import { pathTo } from '~/platform/paths';
import type { Db } from '~db/client';

interface Notice {
  id: string;
  email: string;
  language: string;
  postId: string;
  /** The decision that the email reports. */
  decisionId?: string;
}

/** The outcome of a notice: the post was removed, stays, or was changed in another way. */
export type NoticeOutcome = 'removed' | 'stays' | 'changed';

/** Confirms that a notice has arrived. It contains nothing that the sender typed. */
export function mailReceipt(tx: Db, app: AppContext, notice: Notice): Promise<void> {
  return send(tx, app, notice, 'receipt', []);
}

/** The decision, who made it, and the possibilities of redress (DSA, Article 16, 5 and 6). */
export function mailOutcome(
  tx: Db,
  app: AppContext,
  notice: Notice,
  outcome: NoticeOutcome,
): Promise<void> {
  return send(tx, app, notice, outcome, ['human', 'redress']);
}

async function send(
  tx: Db,
  { clock, config }: AppContext,
  { id, email, language, postId, decisionId }: Notice,
  what: 'receipt' | NoticeOutcome,
  more: ('human' | 'redress')[],
): Promise<void> {
  const i18n = translatorFor(language);
  const values = { site: config.siteName, address: contactAddress(config) };
  const which = i18n.parts<Child>('guard.report.mail.which', {
    reference: id.toUpperCase(),
    url: <Url href={config.origin + pathTo('/p/:id', { id: postId })} />,
  });
  const mail = writeMail(i18n, config, {
    subject: i18n.t(`guard.report.mail.${what}.subject`, values),
    why: i18n.t('guard.report.mail.why', values),
    children: (
      <>
        <P>{i18n.t(`guard.report.mail.${what}.text`, values)}</P>
        {more.map((one) => (
          <P key={one}>{i18n.t(`guard.report.mail.${one}`, values)}</P>
        ))}
        <P>{which}</P>
      </>
    ),
  });
  await queueMail(tx, clock, { to: email, ...mail, ...(decisionId && { decisionId }) });
}
