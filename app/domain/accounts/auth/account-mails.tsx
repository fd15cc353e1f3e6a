/** @jsxImportSource hono/jsx */

import type { Child } from 'hono/jsx';
import type { AppContext } from '~/platform/app-context';
import { type MessageKey, type Translator, translatorFor } from '~/platform/i18n/translator';
import { writeMail } from '~/platform/mail/layout';
import { queueMail } from '~/platform/mail/outbox';
import { Action, Code, P, Url } from '~/platform/mail/parts';
import { contactAddress } from '~/platform/mail/sender-address';
import { pathTo } from '~/platform/paths';
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
  return send(tx, app, to, 'people.mail.confirm.subject', ({ say, url }) => (
    <>
      <P>{say('people.mail.confirm.text')}</P>
      <P>{say('people.mail.confirm.notYou')}</P>
      <Action href={url(pathTo('/confirm/:token', { token }))}>
        {say('people.mail.confirm.action')}
      </Action>
    </>
  ));
}

/** To an address that is known: that there is an account, and the ways into it. */
export function mailAccountExists(
  tx: Db,
  app: AppContext,
  { waiting = false, ...to }: Recipient & { waiting?: boolean },
) {
  return send(tx, app, to, 'people.mail.exists.subject', ({ say, sayWithUrl, url }) => (
    <>
      <P>{say('people.mail.exists.text')}</P>
      {waiting && <P>{say('writing.mail.waiting')}</P>}
      <P>{sayWithUrl('people.mail.exists.reset', pathTo('/reset'))}</P>
      <P>{say('people.mail.notYou')}</P>
      <Action href={url(waiting ? pathTo('/login?redirectTo=%2Fdrafts') : pathTo('/login'))}>
        {say('people.mail.exists.action')}
      </Action>
    </>
  ));
}

/** The link with which a new password is set. */
export function mailReset(tx: Db, app: AppContext, to: Recipient, token: string) {
  return send(tx, app, to, 'people.mail.reset.subject', ({ say, url }) => (
    <>
      <P>{say('people.mail.reset.text')}</P>
      <P>{say('people.mail.reset.once')}</P>
      <Action href={url(pathTo('/reset/:token', { token }))}>
        {say('people.mail.reset.action')}
      </Action>
    </>
  ));
}

/** To an address without an account, for which somebody asked for a new password. */
export function mailNoAccount(tx: Db, app: AppContext, to: Recipient) {
  return send(tx, app, to, 'people.mail.unknown.subject', ({ say, url }) => (
    <>
      <P>{say('people.mail.unknown.text')}</P>
      <P>{say('people.mail.notYou')}</P>
      <Action href={url('/')}>{say('people.mail.unknown.action')}</Action>
    </>
  ));
}

/** The code to type in the browser that asked, and the link for any other. */
export function mailLoginCode(
  tx: Db,
  app: AppContext,
  to: Recipient,
  { code, token }: { code: string; token: string },
) {
  // Half of it at a time is easier to keep in mind.
  const grouped = `${code.slice(0, 4)} ${code.slice(4)}`;
  const body = ({ say, url }: Words) => (
    <>
      <Code>{grouped}</Code>
      <P>{say('security.mail.code.text')}</P>
      <P>{say('security.mail.code.never')}</P>
      <P>{say('people.mail.notYou')}</P>
      <Action href={url(pathTo('/login/link/:token', { token }))}>
        {say('security.mail.code.action')}
      </Action>
    </>
  );
  return send(tx, app, to, 'security.mail.code.subject', body, { code: grouped });
}

/** That something about the second factor changed, for the case that it was somebody else. */
export function mailSecondFactor(
  tx: Db,
  app: AppContext,
  to: Recipient,
  what: 'on' | 'off' | 'recovery' | 'passkey-on' | 'passkey-off',
) {
  return send(tx, app, to, `security.mail.factor.${what}`, ({ say, sayWithUrl }) => (
    <>
      <P>{say(`security.mail.factor.${what}`)}</P>
      <P>{sayWithUrl('security.mail.factor.notYou', pathTo('/reset'))}</P>
    </>
  ));
}

/** To a new address of an account: the link that confirms it. */
export function mailNewAddress(tx: Db, app: AppContext, to: Recipient, token: string) {
  return send(tx, app, to, 'security.mail.address.new.subject', ({ say, url }) => (
    <>
      <P>{say('security.mail.address.new.text')}</P>
      <P>{say('people.mail.notYou')}</P>
      <Action href={url(pathTo('/address/confirm/:token', { token }))}>
        {say('security.mail.address.new.action')}
      </Action>
    </>
  ));
}

/** To the address that an account has so far: that it is to change, and how to stop it. */
export function mailOldAddress(tx: Db, app: AppContext, to: Recipient, token: string) {
  return send(tx, app, to, 'security.mail.address.old.subject', ({ say, url }) => (
    <>
      <P>{say('security.mail.address.old.text')}</P>
      <P>{say('security.mail.address.old.undo')}</P>
      <Action href={url(pathTo('/address/undo/:token', { token }))}>
        {say('security.mail.address.old.action')}
      </Action>
    </>
  ));
}

/** To an address that somebody wanted for another account. */
export function mailAddressTaken(tx: Db, app: AppContext, to: Recipient) {
  return send(tx, app, to, 'people.mail.exists.subject', ({ say }) => (
    <>
      <P>{say('security.mail.address.taken.text')}</P>
      <P>{say('people.mail.notYou')}</P>
    </>
  ));
}

/** That the password was changed, for the case that it was somebody else. */
export function mailPasswordChanged(tx: Db, app: AppContext, to: Recipient) {
  return send(tx, app, to, 'people.mail.changed.subject', ({ say, sayWithUrl }) => (
    <>
      <P>{say('people.mail.changed.text')}</P>
      <P>{sayWithUrl('people.mail.changed.notYou', pathTo('/reset'))}</P>
    </>
  ));
}

/** The last one: that the account is deleted. */
export function mailDeleted(tx: Db, app: AppContext, to: Recipient) {
  const address = contactAddress(app.config.mailFrom);
  return send(tx, app, to, 'account.mail.deleted.subject', ({ say }) => (
    <>
      <P>{say('account.mail.deleted.text')}</P>
      <P>{say('account.mail.deleted.notYou', { address })}</P>
    </>
  ));
}

/** What the text of a mail is made with. */
interface Words {
  /** The message under a key; `site` is always among its values. */
  say(key: MessageKey, values?: Record<string, string>): string;
  /** A message with a link to a page in the place of `{url}`. */
  sayWithUrl(key: MessageKey, path: string): Child[];
  /** The whole address of a page. */
  url(path: string): string;
}

async function send(
  tx: Db,
  { clock, config }: AppContext,
  to: Recipient,
  subject: MessageKey,
  body: (words: Words) => Child,
  values?: Record<string, string>,
): Promise<void> {
  const words = wordsOf(translatorFor(to.language), config);
  const mail = { subject: words.say(subject, values), children: body(words) };
  await queueMail(tx, clock, {
    to: to.email,
    ...writeMail(translatorFor(to.language), config, mail),
  });
}

function wordsOf(i18n: Translator, { siteName, origin }: AppContext['config']): Words {
  const url = (path: string) => origin + path;
  return {
    say: (key, values) => i18n.t(key, { site: siteName, ...values }),
    sayWithUrl: (key, path) =>
      i18n.parts<Child>(key, { site: siteName, url: <Url href={url(path)} /> }),
    url,
  };
}
