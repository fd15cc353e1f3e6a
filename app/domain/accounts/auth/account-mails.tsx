/** @jsxImportSource hono/jsx */

import type { Child } from 'hono/jsx';
import type { AppContext } from '~/platform/app-context';
import type { Titled } from '~/platform/community/community';
import { siteTranslator } from '~/platform/community/site-translator';
import { type MessageKey, type Translator, translatorFor } from '~/platform/i18n/translator';
import { writeMail } from '~/platform/mail/layout';
import { queueMail } from '~/platform/mail/outbox';
import { Action, Code, P, Url } from '~/platform/mail/parts';
import { contactAddress } from '~/platform/mail/sender-address';
import { pathTo } from '~/platform/paths';
import type { Db } from '~db/client';

/*
 * Emails about accounts. Anyone can cause one to be sent to any address by typing it, so these
 * emails contain nothing that another person has typed: a handle, name or path could carry a
 * message. The questions of conversations are the site's own words.
 */

interface Recipient {
  email: string;
  /** BCP 47; English if it is not an interface language. */
  language: string | null;
}

/** What a person without an account sent, and what waits until they open the link of an email. */
export type WaitingKind = 'answer' | 'report' | 'thread' | 'meToo' | 'stance' | 'flag';

/** What waits, as an email may name it. */
export interface WaitingMail {
  kind: WaitingKind;
  /** The question of a conversation that it is about. */
  question: Titled | null;
  /** The path of the page that it is about, by ids only. */
  path: string | null;
}

/** To a new email address: the link that confirms the account, and posts what waits for it. */
export function mailConfirmation(
  tx: Db,
  app: AppContext,
  to: Recipient,
  { token, waiting }: { token: string; waiting: WaitingMail | null },
) {
  const kind = waiting?.kind;
  const body = (words: Words) => {
    const { say, url } = words;
    return (
      <>
        <P>{say(kind ? `writing.mail.saved.${kind}` : 'people.mail.confirm.text')}</P>
        {waiting && about(app, to, words, waiting)}
        {waiting && <P>{say('writing.mail.account')}</P>}
        <P>{say('people.mail.confirm.notYou')}</P>
        <Action href={url(pathTo('/confirm/:token', { token }))}>
          {say(kind ? `writing.post.action.${kind}` : 'people.mail.confirm.action')}
        </Action>
      </>
    );
  };
  return sendAbout(tx, app, to, kind ?? null, 'people.mail.confirm.subject', body);
}

/** What waits for a known account, with the path of the page on which its owner can post it. */
export interface WaitingForOwner {
  waiting: WaitingMail;
  offeredAt: string;
}

/**
 * To an email address with an account: says that the account exists, and how to log in. `alias` is true if
 * another spelling of the address was typed.
 */
export function mailAccountExists(
  tx: Db,
  app: AppContext,
  { offer, alias = false, ...to }: Recipient & { offer: WaitingForOwner | null; alias?: boolean },
) {
  const way = offer ? `?redirectTo=${encodeURIComponent(offer.offeredAt)}` : '';
  const isDraft = offer?.offeredAt === pathTo('/drafts');
  const kind = offer?.waiting.kind;
  const body = (words: Words) => {
    const { say, sayWithUrl, url } = words;
    return (
      <>
        <P>{say(kind ? 'writing.mail.known' : 'people.mail.exists.text')}</P>
        {alias && <P>{say('people.mail.exists.alias', { email: to.email })}</P>}
        {kind && <P>{say(isDraft ? 'writing.mail.waiting' : `writing.mail.saved.${kind}`)}</P>}
        {offer && about(app, to, words, offer.waiting)}
        <P>{sayWithUrl('people.mail.exists.reset', pathTo('/reset'))}</P>
        <P>{say('people.mail.notYou')}</P>
        <Action href={url(pathTo('/login') + way)}>
          {say(kind ? `writing.post.action.${kind}` : 'people.mail.exists.action')}
        </Action>
      </>
    );
  };
  return sendAbout(tx, app, to, kind ?? null, 'people.mail.exists.subject', body);
}

/** What something that waits is about: the question, and the page. */
function about(
  { community }: AppContext,
  { language }: Recipient,
  { say, sayWithUrl }: Words,
  { question, path }: WaitingMail,
) {
  const title = question && siteTranslator(community, language).titled('thread', question).title;
  return (
    <>
      {title && <P>{say('writing.mail.question', { title })}</P>}
      {path && <P>{sayWithUrl('writing.mail.place', path)}</P>}
    </>
  );
}

/** The link for setting a new password. */
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

/** To an email address without an account, after a request for a new password. */
export function mailNoAccount(tx: Db, app: AppContext, to: Recipient) {
  return send(tx, app, to, 'people.mail.unknown.subject', ({ say, url }) => (
    <>
      <P>{say('people.mail.unknown.text')}</P>
      <P>{say('people.mail.notYou')}</P>
      <Action href={url('/')}>{say('people.mail.unknown.action')}</Action>
    </>
  ));
}

/** The code to type in the browser that requested it, and a link for any other browser. */
export function mailLoginCode(
  tx: Db,
  app: AppContext,
  to: Recipient,
  { code, token }: { code: string; token: string },
) {
  // Two groups of four are easier to remember.
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

/** Notice of a change to the second factor, in case someone else made it. */
export function mailSecondFactor(
  tx: Db,
  app: AppContext,
  to: Recipient,
  what: 'on' | 'off' | 'recovery' | 'passkey-on' | 'passkey-off',
) {
  return send(tx, app, to, `security.mail.factor.${what}`, ({ say, sayWithUrl }) => (
    <>
      <P>
        <b>{say(`security.mail.factor.${what}`)}</b>
      </P>
      <P>{sayWithUrl('security.mail.factor.notYou', pathTo('/reset'))}</P>
    </>
  ));
}

/** To the new email address of an account: the link that confirms it. */
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

/** To the current email address: the account's address is about to change; how to stop that. */
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

/** To an address that already has an account, when another account asked to use it. */
export function mailAddressTaken(tx: Db, app: AppContext, to: Recipient) {
  return send(tx, app, to, 'people.mail.exists.subject', ({ say }) => (
    <>
      <P>{say('security.mail.address.taken.text')}</P>
      <P>{say('people.mail.notYou')}</P>
    </>
  ));
}

/** Notice that the password was changed, in case someone else did it. */
export function mailPasswordChanged(tx: Db, app: AppContext, to: Recipient) {
  return send(tx, app, to, 'people.mail.changed.subject', ({ say, sayWithUrl }) => (
    <>
      <P>{say('people.mail.changed.text')}</P>
      <P>{sayWithUrl('people.mail.changed.notYou', pathTo('/reset'))}</P>
    </>
  ));
}

/** The last email: the account has been deleted. */
export function mailDeleted(tx: Db, app: AppContext, to: Recipient) {
  const address = contactAddress(app.config);
  return send(tx, app, to, 'account.mail.deleted.subject', ({ say }) => (
    <>
      <P>{say('account.mail.deleted.text')}</P>
      <P>{say('account.mail.deleted.notYou', { address })}</P>
    </>
  ));
}

/** Functions for writing the text of an email. */
interface Words {
  /** Returns the message under a key; the value `site` is always available. */
  say(key: MessageKey, values?: Record<string, string>): string;
  /** Returns a message with a link to a page in place of `{url}`. */
  sayWithUrl(key: MessageKey, path: string): Child[];
  /** Returns the absolute URL of a page. */
  url(path: string): string;
}

/** Sends an email whose subject names what waits; if nothing waits, it has the given subject. */
function sendAbout(
  tx: Db,
  app: AppContext,
  to: Recipient,
  waiting: WaitingKind | null,
  subject: MessageKey,
  body: (words: Words) => Child,
): Promise<void> {
  if (!waiting) return send(tx, app, to, subject, body);
  const what = translatorFor(to.language).t(`writing.post.title.${waiting}`);
  return send(tx, app, to, 'writing.mail.subject', body, { what });
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
