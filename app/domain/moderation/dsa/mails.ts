import type { AppContext } from '~/platform/app-context';
import { DEFAULT_LOCALE, isLocale } from '~/platform/i18n/locales';
import { translator } from '~/platform/i18n/translator';
import { writeLetter } from '~/platform/mail/mail-layout';
import { queueMail } from '~/platform/mail/outbox';
import { contactAddress } from '~/platform/mail/sender-address';
import type { Db } from '~db/client';

interface Notice {
  id: string;
  email: string;
  language: string;
  postId: string;
}

/** What came of a notice: the post is not shown any more, it stays, or something else was done. */
export type NoticeOutcome = 'removed' | 'stays' | 'changed';

/** That a notice has come, and what happens next. Nothing that its sender typed is in it. */
export function mailReceipt(tx: Db, app: AppContext, notice: Notice): Promise<void> {
  return send(tx, app, notice, 'receipt', []);
}

/** What was decided, by whom, and what can be done about it (DSA, Article 16, 5 and 6). */
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
  { id, email, language, postId }: Notice,
  what: 'receipt' | NoticeOutcome,
  more: ('human' | 'redress')[],
): Promise<void> {
  const i18n = translator(isLocale(language) ? language : DEFAULT_LOCALE);
  const values = {
    site: config.siteName,
    reference: id.toUpperCase(),
    address: contactAddress(config.mailFrom),
    url: `${config.origin}/p/${postId}`,
  };
  await queueMail(tx, clock, {
    to: email,
    subject: i18n.t(`guard.report.mail.${what}.subject`, values),
    ...writeLetter(i18n, {
      paragraphs: [
        i18n.t(`guard.report.mail.${what}.text`, values),
        ...more.map((one) => i18n.t(`guard.report.mail.${one}`, values)),
        i18n.t('guard.report.mail.which', values),
      ],
      footer: i18n.t('guard.report.mail.why', values),
    }),
  });
}
