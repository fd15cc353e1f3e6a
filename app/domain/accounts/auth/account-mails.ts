import type { AppContext } from '~/platform/app-context';
import { DEFAULT_LOCALE, isLocale } from '~/platform/i18n/locales';
import { type MessageKey, type Translator, translator } from '~/platform/i18n/translator';
import { writeLetter } from '~/platform/mail/mail-layout';
import { queueMail } from '~/platform/mail/outbox';
import { contactAddress } from '~/platform/mail/sender-address';
import type { Db } from '~db/client';

/*
 * The mails about accounts. Whoever types an address causes one to be sent there, so none holds
 * a word that somebody else has typed: a handle, a name or a path could carry a message.
 */

interface Recipient {
  email: string;
  /** BCP 47; English when it is none of ours. */
  language: string | null;
}

/** To a new address: the link that confirms the account. */
export function mailConfirmation(tx: Db, app: AppContext, to: Recipient, token: string) {
  return send(tx, app, to, 'people.mail.confirm.subject', (say) => ({
    paragraphs: [say('people.mail.confirm.text'), say('people.mail.confirm.notYou')],
    action: link(app, say('people.mail.confirm.action'), `/confirm/${token}`),
  }));
}

/** To an address that is known: that there is an account, and the ways into it. */
export function mailAccountExists(
  tx: Db,
  app: AppContext,
  { waiting = false, ...to }: Recipient & { waiting?: boolean },
) {
  return send(tx, app, to, 'people.mail.exists.subject', (say) => ({
    paragraphs: [
      say('people.mail.exists.text'),
      ...(waiting ? [say('writing.mail.waiting')] : []),
      say('people.mail.exists.reset', { url: `${app.config.origin}/reset` }),
      say('people.mail.notYou'),
    ],
    action: link(
      app,
      say('people.mail.exists.action'),
      waiting ? '/login?redirectTo=%2Fdrafts' : '/login',
    ),
  }));
}

/** The link with which a new password is set. */
export function mailReset(tx: Db, app: AppContext, to: Recipient, token: string) {
  return send(tx, app, to, 'people.mail.reset.subject', (say) => ({
    paragraphs: [say('people.mail.reset.text'), say('people.mail.reset.once')],
    action: link(app, say('people.mail.reset.action'), `/reset/${token}`),
  }));
}

/** To an address without an account, for which somebody asked for a new password. */
export function mailNoAccount(tx: Db, app: AppContext, to: Recipient) {
  return send(tx, app, to, 'people.mail.unknown.subject', (say) => ({
    paragraphs: [say('people.mail.unknown.text'), say('people.mail.notYou')],
    action: link(app, say('people.mail.unknown.action'), '/'),
  }));
}

/** The code to type in the browser that asked, and the link for any other. */
export function mailLoginCode(
  tx: Db,
  app: AppContext,
  to: Recipient,
  { code, token }: { code: string; token: string },
) {
  return send(tx, app, to, 'security.mail.code.subject', (say) => ({
    paragraphs: [
      say('security.mail.code.text', { code: `${code.slice(0, 4)} ${code.slice(4)}` }),
      say('security.mail.code.never'),
      say('people.mail.notYou'),
    ],
    action: link(app, say('security.mail.code.action'), `/login/link/${token}`),
  }));
}

/** That something about the second factor changed, for the case that it was somebody else. */
export function mailSecondFactor(
  tx: Db,
  app: AppContext,
  to: Recipient,
  what: 'on' | 'off' | 'recovery' | 'passkey-on' | 'passkey-off',
) {
  return send(tx, app, to, `security.mail.factor.${what}`, (say) => ({
    paragraphs: [
      say(`security.mail.factor.${what}`),
      say('security.mail.factor.notYou', { url: `${app.config.origin}/reset` }),
    ],
  }));
}

/** To a new address of an account: the link that confirms it. */
export function mailNewAddress(tx: Db, app: AppContext, to: Recipient, token: string) {
  return send(tx, app, to, 'security.mail.address.new.subject', (say) => ({
    paragraphs: [say('security.mail.address.new.text'), say('people.mail.notYou')],
    action: link(app, say('security.mail.address.new.action'), `/address/confirm/${token}`),
  }));
}

/** To the address that an account has so far: that it is to change, and how to stop it. */
export function mailOldAddress(tx: Db, app: AppContext, to: Recipient, token: string) {
  return send(tx, app, to, 'security.mail.address.old.subject', (say) => ({
    paragraphs: [say('security.mail.address.old.text'), say('security.mail.address.old.undo')],
    action: link(app, say('security.mail.address.old.action'), `/address/undo/${token}`),
  }));
}

/** To an address that somebody wanted for another account. */
export function mailAddressTaken(tx: Db, app: AppContext, to: Recipient) {
  return send(tx, app, to, 'people.mail.exists.subject', (say) => ({
    paragraphs: [say('security.mail.address.taken.text'), say('people.mail.notYou')],
  }));
}

/** That the password was changed, for the case that it was somebody else. */
export function mailPasswordChanged(tx: Db, app: AppContext, to: Recipient) {
  return send(tx, app, to, 'people.mail.changed.subject', (say) => ({
    paragraphs: [
      say('people.mail.changed.text'),
      say('people.mail.changed.notYou', { url: `${app.config.origin}/reset` }),
    ],
  }));
}

/** The last one: that the account is deleted. */
export function mailDeleted(tx: Db, app: AppContext, to: Recipient) {
  return send(tx, app, to, 'account.mail.deleted.subject', (say) => ({
    paragraphs: [
      say('account.mail.deleted.text'),
      say('account.mail.deleted.notYou', { address: contactAddress(app.config.mailFrom) }),
    ],
  }));
}

type Say = (key: MessageKey, values?: Record<string, string>) => string;

async function send(
  tx: Db,
  { clock, config }: AppContext,
  to: Recipient,
  subject: MessageKey,
  write: (say: Say) => Parameters<typeof writeLetter>[1],
): Promise<void> {
  const i18n: Translator = translator(isLocale(to.language) ? to.language : DEFAULT_LOCALE);
  const say: Say = (key, values) => i18n.t(key, { site: config.siteName, ...values });
  await queueMail(tx, clock, {
    to: to.email,
    subject: say(subject),
    ...writeLetter(i18n, write(say)),
  });
}

function link(app: AppContext, label: string, path: string) {
  return { label, url: app.config.origin + path };
}
