import * as account from '~/domain/accounts/auth/account-mails';
import { invitationMail } from '~/domain/administration/invitation-mail';
import type { PresentedBarrier, PresentedDigest, PresentedQuote } from '~/domain/digests/present';
import { caseReminderMail } from '~/domain/moderation/cases/reminder-mail';
import { statementOf } from '~/domain/moderation/decisions/statement-of-reasons';
import { mailOutcome, mailReceipt } from '~/domain/moderation/dsa/mails';
import { tellOfReply } from '~/domain/moderation/modmail/notify';
import {
  type MailedNotification,
  writeNotificationMail,
} from '~/domain/notifications/notification-mail';
import { testMail } from '~/domain/ops/outbox';
import { refusedMailMail } from '~/domain/ops/tell-refused-mail';
import {
  alreadySubscribedMail,
  confirmSubscriptionMail,
} from '~/domain/subscriptions/subscription-mails';
import { type MailedDigest, writeDigestMail } from '~/domain/subscriptions/write-digest-mail';
import { HOUR } from '~/platform/clock';
import type { Locale } from '~/platform/i18n/locales';
import { translator } from '~/platform/i18n/translator';
import type { MailContent } from '~/platform/mail/outbox';
import type { Db } from '~db/client';
import { mails } from '~db/schema';
import type { TestCauseway } from './causeway';
import { addMember } from './community';

export interface EveryMail {
  kind: string;
  subject: string;
  text: string;
  html: string;
}

/** Returns every kind of email in one language, with potentially harmful text in it. */
export async function everyMail(causeway: TestCauseway, locale: Locale): Promise<EveryMail[]> {
  const { app, clock } = causeway;
  const { config } = app;
  const i18n = translator(locale);
  const made: EveryMail[] = [];
  const add = (kind: string, { subject, text, html = '' }: MailContent) =>
    made.push({ kind, subject, text, html });

  /** Adds emails that are queued with their content. */
  async function addQueued(kind: string, queue: (tx: Db) => Promise<unknown>) {
    await app.db.write(async (tx) => {
      await tx.delete(mails);
      await queue(tx);
      const [mail] = await tx.select().from(mails);
      if (!mail) throw new Error(`no mail: ${kind}`);
      add(kind, { ...mail, html: mail.html ?? '' });
    });
  }

  const to = { email: 'ada@example.org', language: locale };
  const TOKEN = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
  const code = { code: '96716939', token: TOKEN };
  const question = { id: 'q1', title: 'What is the biggest barrier?', language: 'en' };
  for (const kind of [null, 'answer', 'report', 'thread', 'meToo', 'stance', 'flag'] as const) {
    const isText = kind === 'answer' || kind === 'report' || kind === 'thread';
    const waiting = kind && {
      kind,
      question: kind === 'answer' || kind === 'flag' ? question : null,
      path: isText ? null : '/p/01hzy3k8w0',
    };
    await addQueued(`account.confirm.${kind}`, (tx) =>
      account.mailConfirmation(tx, app, to, { token: TOKEN, waiting }),
    );
    const offer = waiting && { waiting, offeredAt: isText ? '/drafts' : `/join/${TOKEN}` };
    await addQueued(`account.exists.${kind}`, (tx) =>
      account.mailAccountExists(tx, app, { ...to, offer }),
    );
  }
  await addQueued('account.reset', (tx) => account.mailReset(tx, app, to, TOKEN));
  await addQueued('account.unknown', (tx) => account.mailNoAccount(tx, app, to));
  await addQueued('account.code', (tx) => account.mailLoginCode(tx, app, to, code));
  for (const what of ['on', 'off', 'recovery', 'passkey-on', 'passkey-off'] as const)
    await addQueued(`account.factor.${what}`, (tx) => account.mailSecondFactor(tx, app, to, what));
  await addQueued('account.address.new', (tx) => account.mailNewAddress(tx, app, to, TOKEN));
  await addQueued('account.address.old', (tx) => account.mailOldAddress(tx, app, to, TOKEN));
  await addQueued('account.address.taken', (tx) => account.mailAddressTaken(tx, app, to));
  await addQueued('account.password', (tx) => account.mailPasswordChanged(tx, app, to));
  await addQueued('account.deleted', (tx) => account.mailDeleted(tx, app, to));

  const notice = { ...to, id: '01hzy3k8v9', postId: '01hzy3k8w0' };
  await addQueued('legal report.receipt', (tx) => mailReceipt(tx, app, notice));
  for (const outcome of ['removed', 'stays', 'changed'] as const)
    await addQueued(`legal report.${outcome}`, (tx) => mailOutcome(tx, app, notice, outcome));

  const ada = await addMember(causeway, 'ada', { language: locale });
  await addQueued('modmail', (tx) => tellOfReply(tx, app, ada.id, 'talk1'));

  const waiting = Array.from({ length: 12 }, (_, n) => ({
    id: `case${n}`,
    openedAt: clock.now() - (49 + n) * HOUR,
  }));
  const causes = new Map(waiting.map(({ id }) => [id, ['flag', 'held'] as ('flag' | 'held')[]]));
  add('case reminder', caseReminderMail(app, locale, waiting, causes));

  const reply = 'RCPT TO 550 5.7.1 sender';
  add(
    'refused mail',
    refusedMailMail(app, locale, [{ cause: 'sender', emails: 12, domain: 'x.example', reply }]),
  );

  add('test', testMail(app, i18n));
  for (const role of ['member', 'moderator', 'administrator'] as const) {
    const facts = { role, token: TOKEN, expiresAt: clock.now() };
    add(`invitation.${role}`, invitationMail(app, i18n, facts));
  }

  const decision = {
    id: 'decision1',
    action: 'hide' as const,
    postId: 'post1',
    rule: 'spam',
    note: 'The first link is an <i>evil</i> one.\nWithout it the post is fine.',
    until: null,
    automated: false,
    foundByMachine: true,
    change: { from: 'visible' },
    createdAt: clock.now(),
  };
  const author = { id: ada.id, timeZone: null, ...to };
  const thread = { id: 'power', title: 'Power cuts & prices', language: 'en' };
  for (const action of ['hide', 'restore', 'approve', 'warn'] as const) {
    const note = action === 'hide' ? decision.note : null;
    const facts = { decision: { ...decision, action, note }, author, thread, causes: [] };
    add(`decision.${action}`, statementOf(app, facts));
  }

  const told = (postId: string): MailedNotification => ({
    kind: 'reply',
    postId,
    author: 'bo',
    thread: 'Power cuts & prices',
    excerpt: 'We lose <i>evil</i> two hours a day.\nAnd "more" at night.',
    language: 'en',
  });
  const leave = `${config.origin}/email/${TOKEN}`;
  const some = Array.from({ length: 23 }, (_, n) => told(`post${n}`));
  add('notification.one', writeNotificationMail(i18n, config, some.slice(0, 1), leave));
  add('notification.many', writeNotificationMail(i18n, config, some, leave));

  const quoted: MailedNotification = {
    kind: 'quoted',
    postId: 'post1',
    text: 'One card costs a year’s pay, so the lab shares a <i>evil</i> single one.',
    language: 'en',
    signature: 'Adaeze, in education, Nigeria, 3 August 2026',
    in: [{ title: 'Western Africa, October 2026', under: 'Cost and payment' }],
    object: `/quotes/${TOKEN}`,
    until: clock.now(),
  };
  add('notification.quoted', writeNotificationMail(i18n, config, [quoted], leave));

  const manage = `${config.origin}/subscriptions/${TOKEN}`;
  const links = { manage, oneClick: `${manage}/unsubscribe` };
  const choices = { scopes: ['world', 'NG'], pillars: [], frequency: 'weekly' as const };
  const asked = { ...choices, language: locale };
  add('subscription.confirm', confirmSubscriptionMail(i18n, config, links.manage, asked));
  add('subscription.already', alreadySubscribedMail(i18n, config, links, asked));

  const digestMail = {
    siteName: config.siteName,
    origin: config.origin,
    earlier: [{ title: 'Kenya, 2026-W40', path: '/digests/KE/2026-W40' }],
    tooFew: ['Fiji', 'Samoa'],
    manage,
    leave: links.oneClick,
  };
  const one = digest('Western Africa, October 2026', '/digests/011/2026-10');
  const note = { text: 'Read the second quotation\nfirst.', by: 'mona' };
  add('digest.one', writeDigestMail(i18n, { ...digestMail, digests: [{ ...one, note }] }));
  const unnamed = { ...one, findings: [], note: null };
  add('digest.kinds', writeDigestMail(i18n, { ...digestMail, digests: [unnamed] }));
  add('digest.cut', writeDigestMail(i18n, { ...digestMail, digests: [manyFindings(one)] }));
  const whole = 'Speech tools do not understand Hausa, Fula or Wolof, nor any other dialect';
  add(
    'digest.whole',
    writeDigestMail(i18n, { ...digestMail, digests: [manyFindings(one, whole)] }),
  );
  const long = Array.from({ length: 14 }, (_, n) =>
    digest(`Country ${n}`, `/digests/C${n}/2026-10`),
  );
  add('digest.many', writeDigestMail(i18n, { ...digestMail, digests: long }));
  return made;
}

const TOO_LONG =
  'Speech tools do not understand Hausa, Fula or Wolof, and nobody records the dialects of the villages';

/**
 * More key points than an email describes, the first of a long title; a lead that names three of them
 * and says of each that people no longer face it; and what got better.
 */
function manyFindings(digest: MailedDigest, title = TOO_LONG): MailedDigest {
  const [finding] = digest.findings;
  const [quote] = digest.barriers[0]?.quotes ?? [];
  if (!finding || !quote) throw new Error('the digest has both');
  const findings = Array.from({ length: 12 }, (_, n) => ({ ...finding, id: `point${n}`, title }));
  const lead = Array.from({ length: 6 }, () => digest.lead).flat();
  const voices = [{ about: 'Cost and payment', quote: { ...quote, path: '/p/better' } }];
  const eased = { id: 'eased', title: 'Getting better', intro: null, sentences: [], voices };
  return { ...digest, lead, findings, sections: [eased] };
}

function digest(title: string, path: string): MailedDigest {
  const sentence = (text: string) => ({ text, machine: null, sources: [], unlisted: 0 });
  const quote = (postId: string, more: Partial<PresentedQuote> = {}): PresentedQuote => ({
    text: 'One card costs a year’s pay, so the lab shares a <i>evil</i> single one between forty people.',
    lang: 'en',
    ref: `${postId}:0`,
    name: 'Adaeze',
    handle: null,
    work: 'in health or social care',
    place: 'Nigeria',
    date: '3 August 2026',
    createdAt: 0,
    paragraph: null,
    postId,
    path: `/p/${postId}`,
    context: [],
    translation: null,
    machine: null,
    ...more,
  });
  const barrier = (
    kind: PresentedBarrier['kind'],
    heading: string,
    quotes: PresentedQuote[],
  ): PresentedBarrier => ({
    kind,
    heading,
    count: '8 people',
    people: 8,
    previousPeople: 4,
    share: 20,
    sentences: [
      sentence('Eight people in three countries report it.'),
      sentence('Most are nurses.'),
    ],
    quotes,
    withdrawn: null,
  });
  const machine = { text: 'The tools do not know our words.', model: 'opus-mt' };
  const translation = {
    text: 'The device does not hear Hausa.',
    language: 'en',
    by: 'Luc Adjovi (@luc)',
    date: '4 August 2026',
    path: '/p/post4?read=en',
  };
  const presented: PresentedDigest = {
    title,
    place: title,
    period: 'October 2026',
    previousPeriod: 'September 2026',
    path,
    edition: `${path}/v/1`,
    unfinished: null,
    lead: [sentence('Forty-one people wrote from nine countries.')],
    leadQuotes: [],
    findings: [
      {
        id: 'point1',
        path: '/key-points/point1',
        kind: 'language',
        kindName: 'Language',
        title: 'Speech tools do not understand Hausa',
        sentence: 'Speech tools do not understand Hausa.',
        lang: 'en',
        people: 9,
        rank: 1,
        sentences: [sentence('4 people reported it (Nigeria, Niger)')],
        quotes: [quote('post4', { lang: 'ha', text: 'Na’urar ba ta jin Hausa.', translation })],
      },
    ],
    wrote: '41 people from 9 countries wrote.',
    toldInSentences: false,
    changes: [sentence('Nine people report what nobody reported before.')],
    barriers: [
      barrier('compute', 'Compute and hardware', [quote('post1'), quote('post2')]),
      barrier('language', 'Language', [
        quote('post3', { lang: 'ha', text: 'Na’urar ba ta san kalmominmu ba.', machine }),
      ]),
      ...(['cost', 'data', 'skills', 'trust'] as const).map((kind) =>
        barrier(kind, kind, [quote(`${kind}1`, { place: null }), quote(`${kind}2`)]),
      ),
    ],
    named: 'Kinds were named by the author for 41 reports.',
    places: null,
    alsoFrom: null,
    missing: [],
    missingPlaces: null,
    sections: [],
    withdrawn: 'One quotation was withdrawn.',
    method: [],
    citation: null,
    sources: [],
  };
  return { ...presented, note: null };
}
