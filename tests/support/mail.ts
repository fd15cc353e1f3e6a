import type { ParsedMail } from 'mailparser';
import { deliverMails } from '~/platform/mail/deliver';
import type { TestCauseway } from './causeway';

/** Sends due emails and returns the newest one to an address that contains the words. */
export async function mailTo(
  causeway: TestCauseway,
  address: string,
  words: RegExp,
): Promise<ParsedMail> {
  await deliverMails(causeway.app);
  const found = (await causeway.mails()).filter(
    (mail) =>
      [mail.to].flat().some((to) => to?.text === address) &&
      words.test(`${mail.subject}\n${mail.text}`),
  );
  const newest = found.at(-1);
  if (!newest) throw new Error(`no mail to ${address} says ${words}`);
  return newest;
}

/** Returns the match of a pattern in the newest email to an address that contains it. */
export async function inMail(causeway: TestCauseway, address: string, pattern: RegExp) {
  const mail = await mailTo(causeway, address, pattern);
  const found = pattern.exec(mail.text ?? '');
  return found?.[1] ?? found?.[0] ?? '';
}
