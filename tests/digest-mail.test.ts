import { readFileSync } from 'node:fs';
import { eq, gte } from 'drizzle-orm';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createUser } from '~/domain/accounts/auth/create-user';
import { buildDigest } from '~/domain/digests/digests';
import { importConversation } from '~/domain/import-export/import-conversation';
import { seedOnce } from '~/domain/import-export/seed';
import { examine } from '~/domain/ops/doctor';
import { tellRefusedMail } from '~/domain/ops/tell-refused-mail';
import { takeBounce, takeRefusal } from '~/domain/subscriptions/refusals';
import { queueDueDigests } from '~/domain/subscriptions/send';
import { subscribe } from '~/domain/subscriptions/subscribe';
import { LARGEST_HTML } from '~/domain/subscriptions/write-digest-mail';
import { sendDueDigests } from '~/jobs/mail';
import { DAY, HOUR, MINUTE } from '~/platform/clock';
import { newId } from '~/platform/ids';
import {
  digests,
  mailRefusals,
  mails,
  postPillars,
  posts,
  subscriptionPillars,
  subscriptionScopes,
  subscriptions,
} from '~db/schema';
import { startTestCauseway, type TestCauseway, useCauseway } from './support/causeway';
import { addMember, addPost, addThread } from './support/community';
import { publishAsItIs } from './support/digests';
import { useSmtp } from './support/smtp';

const CONVERSATION = readFileSync('db/seed/demo/conversation.jsonl', 'utf8');

/** Creates a confirmed subscriber of some places. */
async function addReader(
  { app }: TestCauseway,
  email: string,
  scopes: string[],
  { language = 'en', pillars = [] }: { language?: string; pillars?: string[] } = {},
) {
  const id = newId(app.clock.now());
  const now = app.clock.now();
  const row = { id, email, emailKey: email, language, frequency: 'weekly' as const };
  await app.db.write(async (tx) => {
    await tx.insert(subscriptions).values({ ...row, state: 'active', createdAt: now });
    const places = scopes.map((scope) => ({ subscriptionId: id, scope }));
    await tx.insert(subscriptionScopes).values(places);
    for (const pillar of pillars) {
      await tx.insert(subscriptionPillars).values({ subscriptionId: id, pillar });
    }
  });
  return id;
}

async function publish({ app }: TestCauseway, scope: string, period: string) {
  const { id } = await buildDigest(app, scope, period);
  await publishAsItIs(app, id, null);
}

describe('digest emails of a real conversation', () => {
  let causeway: TestCauseway;

  beforeAll(async () => {
    causeway = await startTestCauseway({ DIGEST_MIN_AUTHORS: '1' });
    await seedOnce(causeway.app);
    await importConversation(causeway.app, CONVERSATION);
    return () => causeway.close();
  }, 180_000);

  const to = async (email: string) =>
    (await causeway.mails()).filter((mail) => [mail.to].flat()[0]?.text === email);

  it('wait for drafts of the same period, and are one mail with all places in it', async () => {
    await addReader(causeway, 'ada@example.org', ['world', '011'], { language: 'ar' });
    await addReader(causeway, 'bo@example.org', ['world']);
    await publish(causeway, 'world', '2026-10');
    const draft = await buildDigest(causeway.app, '011', '2026-10');
    // Bo has not subscribed to the place of the draft, so his email does not wait for it.
    expect(await sendDueDigests(causeway.app)).toMatchObject({ queued: 1, held: 1, sent: 1 });
    expect(await to('ada@example.org')).toHaveLength(0);
    await publishAsItIs(causeway.app, draft.id, null);
    expect(await sendDueDigests(causeway.app)).toMatchObject({ queued: 1, held: 0, sent: 1 });
    const [mail, ...more] = await to('ada@example.org');
    expect(more).toHaveLength(0);
    for (const scope of ['world', '011']) expect(mail?.text).toContain(`/digests/${scope}/2026-10`);
    expect(await sendDueDigests(causeway.app)).toMatchObject({ queued: 0, sent: 0 });
  });

  it('are added to the next email if late, without a second one about the same period', async () => {
    await addReader(causeway, 'cy@example.org', ['world', 'NG', 'KE']);
    await buildDigest(causeway.app, 'NG', '2026-10');
    expect((await sendDueDigests(causeway.app)).held).toBe(1);
    // The draft is not published: after a day the email is sent without it.
    causeway.clock.advance(DAY + MINUTE);
    expect(await sendDueDigests(causeway.app)).toMatchObject({ queued: 1, held: 0 });
    await publish(causeway, 'NG', '2026-10');
    expect(await sendDueDigests(causeway.app)).toMatchObject({ queued: 0, sent: 0 });
    await publish(causeway, 'KE', '2026-Q3');
    expect(await sendDueDigests(causeway.app)).toMatchObject({ queued: 1, sent: 1 });
    const last = (await to('cy@example.org')).at(-1)?.text;
    expect(last).toContain('/digests/KE/2026-Q3');
    expect(last).toContain('/digests/NG/2026-10');
  });

  it('include the digest of a chosen topic, and show it first', async () => {
    await addReader(causeway, 'dee@example.org', ['world', '011'], { pillars: ['education'] });
    await addReader(causeway, 'ed@example.org', ['NG'], { pillars: ['education'] });
    const october = await causeway.app.db.reader
      .select({ postId: posts.id })
      .from(posts)
      .where(gte(posts.createdAt, Date.parse('2026-10-01')));
    const named = october.map(({ postId }) => ({ postId, pillar: 'education' as const }));
    await causeway.app.db.write((tx) => tx.insert(postPillars).values(named));
    await publish(causeway, 'world~education', '2026-10');
    await sendDueDigests(causeway.app);
    const mail = (await to('dee@example.org')).find(({ text }) => text?.includes('~education'));
    const [whole = '', crossed = ''] = [
      '/digests/world/2026-10',
      '/digests/world~education/2026-10',
    ];
    expect(mail?.text?.indexOf(crossed)).toBeGreaterThan(0);
    expect(mail?.text?.indexOf(crossed)).toBeLessThan(mail?.text?.indexOf(whole) ?? 0);
    for (const other of ['bo@example.org', 'ed@example.org']) {
      for (const { text } of await to(other)) expect(text).not.toContain('~education');
    }
  });

  it('are light, whole as text, in the reader’s direction, and fetch nothing', async () => {
    const [mail] = await to('ada@example.org');
    const html = String(mail?.html);
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(LARGEST_HTML);
    expect(html).toContain('dir="rtl"');
    expect(html).not.toMatch(/<img|<link|<script|url\(|@import| src=/i);
    expect(html).toContain('prefers-color-scheme:dark');
    const hosts = [...html.matchAll(/href="(https?:\/\/[^/"]+)/g)].map(([, host]) => host);
    expect(new Set(hosts)).toEqual(new Set([causeway.config.origin]));
    const quotes = [...html.matchAll(/class="words"[^>]*>([^<&]{20,})</g)].map(
      ([, words]) => words,
    );
    expect(quotes.length).toBeGreaterThan(0);
    const text = mail?.text?.replace(/\s+/g, ' ');
    for (const words of quotes) expect(text).toContain(words);
    const head = (name: string) => String(mail?.headerLines.find(({ key }) => key === name)?.line);
    expect(head('auto-submitted')).toContain('auto-generated');
    expect(head('list-id')).toContain('<digests.localhost>');
    expect(head('list-unsubscribe-post')).toContain('List-Unsubscribe=One-Click');
    expect(head('list-unsubscribe')).toMatch(/<http:[^>]+\/unsubscribe>/);
    expect(head('content-language')).toContain('ar');
  });

  it('stop after a bounce, recognised only by our Message-ID', async () => {
    const [mail] = await to('bo@example.org');
    const { hostname } = new URL(causeway.config.origin);
    const report = (id: string, status: string) =>
      `Content-Type: multipart/report; report-type=delivery-status\r\n\r\nFinal-Recipient: rfc822; bo@example.org\r\nAction: failed\r\nStatus: ${status}\r\n\r\nMessage-ID:\r\n ${id}\r\n`;
    const take = (text: string) => takeBounce(causeway.app, Buffer.from(text));
    const ours = String(mail?.messageId);
    expect(await take(report('<01hzzzzzzzzzzzzzzzzzzzzzzz@elsewhere>', '5.1.1'))).toBeNull();
    expect(await take(report(ours.replace(hostname, 'elsewhere'), '5.1.1'))).toBeNull();
    expect(await take(`Hello ${ours}`)).toBeNull();
    for (const status of ['4.4.7', '5.2.2', '5.4.1', '5.7.1', '5.1.8', '5.0.0']) {
      expect(await take(report(ours, status))).toBe('recorded');
    }
    expect(await take(report(ours, '5.1.1'))).toBe('stopped');
    causeway.clock.advance(DAY);
    await publish(causeway, 'world', '2026-W44');
    await sendDueDigests(causeway.app);
    expect(await to('bo@example.org')).toHaveLength(1);
  });

  it('are not stopped by a report about the mail of a neighbour', async () => {
    const [mine, other] = [await to('ada@example.org'), await to('cy@example.org')].map(
      ([mail]) => /<(\w+)\.([\w-]+)@/.exec(String(mail?.messageId)) ?? [],
    );
    const { hostname } = new URL(causeway.config.origin);
    const [, id = '', signature = ''] = mine ?? [];
    const [, theirs = ''] = other ?? [];
    const around = [1, 2, 3, -1, -2, -3].map(
      (step) => id.slice(0, -1) + String.fromCharCode(id.charCodeAt(id.length - 1) + step),
    );
    const forged = [theirs, ...around].flatMap((one) => [
      `<${one}@${hostname}>`,
      `<${one}.${signature}@${hostname}>`,
      `<${one}.@${hostname}>`,
    ]);
    for (const messageId of forged) {
      const text = `From: MAILER-DAEMON@x.example\nSubject: failure notice\n\n550 5.1.1 User unknown\n\nMessage-ID: ${messageId}\n`;
      expect(await takeBounce(causeway.app, Buffer.from(text))).toBeNull();
    }
    const rows = await causeway.app.db.reader.select().from(subscriptions);
    expect(rows.filter(({ email }) => email === 'cy@example.org')).toHaveLength(1);
  });
});

/** A reader with digests, whose bounces a mail server sends back. */
async function useBounces() {
  const smtp = await useSmtp();
  const causeway = await startTestCauseway({ SMTP_URL: smtp.url, DIGEST_MIN_AUTHORS: '1' });
  onTestFinished(() => causeway.close());
  const mona = await addMember(causeway, 'mona');
  const thread = await addThread(causeway, mona, 'What stands in your way?');
  const facts = { country: 'KE', region: '014', barriers: ['cost' as const] };
  causeway.clock.set('2026-09-07T09:00:00Z');
  await addReader(causeway, 'ada@x.example', ['KE']);
  /** The digest of the week before, which a server refuses, at SMTP or in a report later on. */
  async function week(answer: string, later = false) {
    await addPost(causeway, mona, thread.id, 'Every month the bill eats our seed money.', facts);
    const { year, week } = isoWeek(causeway.clock.now());
    causeway.clock.advance(7 * DAY);
    if (!later) smtp.refuse.set('ada@x.example', answer);
    await publish(causeway, 'KE', `${year}-W${String(week).padStart(2, '0')}`);
    await sendDueDigests(causeway.app);
    if (!later) return;
    const messageId = smtp.mails.at(-1)?.messageId;
    const bounce = `From: MAILER-DAEMON@x.example\nSubject: failure notice\n\n${answer}\n\nMessage-ID: ${messageId}\n`;
    await takeBounce(causeway.app, Buffer.from(bounce));
  }
  async function isSubscribed() {
    const [row] = await causeway.app.db.reader.select().from(subscriptions);
    return row?.state === 'active' && row.email === 'ada@x.example';
  }
  return { causeway, week, isSubscribed };
}

function isoWeek(ms: number) {
  const thursday = new Date(ms);
  thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7));
  const year = thursday.getUTCFullYear();
  const week = Math.ceil((1 + (thursday.getTime() - Date.UTC(year, 0, 1)) / DAY) / 7);
  return { year, week };
}

describe.each([
  ['at SMTP', false],
  ['in a bounce', true],
])('a refusal %s', (_when, later) => {
  it('that is about us, the mail or the moment never ends a subscription', async () => {
    const { causeway, week, isSubscribed } = await useBounces();
    const answers = [
      '550 5.1.8 Sender address rejected: Domain not found',
      '550 Bad SPF records',
      '550 5.2.1 The user is receiving mail at a rate that prevents delivery',
      '550 JunkMail rejected - host is in an RBL',
      '554 5.7.1 Message rejected under suspicion of SPAM',
      '550 5.4.1 No answer from host',
      '550 Something that nobody has written before',
    ];
    for (const answer of answers) await week(answer, later);
    expect(await isSubscribed()).toBe(true);
    const found = await causeway.app.db.reader.select().from(mailRefusals);
    expect(new Set(found.map(({ cause }) => cause))).toEqual(
      new Set(['sender', 'rate', 'content', 'unreachable', 'unknown']),
    );
    expect(JSON.stringify(found)).not.toContain('ada@');
  });

  it('that is about the mailbox ends it on the fifth day', async () => {
    const { causeway, week, isSubscribed } = await useBounces();
    for (let n = 0; n < 4; n += 1) await week('552 5.2.2 Mailbox full', later);
    expect(await isSubscribed()).toBe(true);
    await week('550 5.2.1 Mailbox disabled', later);
    expect(await isSubscribed()).toBe(false);
    const found = await causeway.app.db.reader.select().from(mailRefusals);
    expect(found.every(({ addressHash }) => addressHash === null)).toBe(true);
  });
});

it('strikes of more than 60 days ago do not count', async () => {
  const { causeway, week, isSubscribed } = await useBounces();
  for (let n = 0; n < 4; n += 1) await week('552 5.2.2 Mailbox full');
  causeway.clock.advance(60 * DAY);
  await week('552 5.2.2 Mailbox full');
  expect(await isSubscribed()).toBe(true);
});

it('many refusals for one cause are told to the operator, and by mail once a day', async () => {
  const causeway = await useCauseway();
  const { app, clock } = causeway;
  await createUser(app, {
    email: 'root@example.org',
    handle: 'root',
    password: 'a boat on the causeway',
    role: 'administrator',
  });
  const told = async () =>
    (await app.db.reader.select().from(mails)).filter(
      ({ to, subject }) => to === 'root@example.org' && subject.includes('refusing'),
    );
  const refuse = (n: number) =>
    app.db.write((tx) =>
      takeRefusal(tx, clock, {
        mailId: newId(clock.now()),
        email: `reader${n}@big.example`,
        cause: 'sender',
        reply: 'RCPT TO 550 5.7.1 sender',
      }),
    );
  const finding = async () => (await examine(app)).find(({ check }) => check === 'refused mail');
  for (let n = 0; n < 9; n += 1) await refuse(n);
  await tellRefusedMail(app);
  expect(await told()).toHaveLength(0);
  expect(await finding()).toMatchObject({ ok: true });
  await refuse(9);
  await tellRefusedMail(app);
  await tellRefusedMail(app);
  expect(await told()).toHaveLength(1);
  expect((await told())[0]?.text).toContain('big.example');
  expect(await finding()).toMatchObject({
    ok: false,
    detail:
      'refused in the last 24 hours: 10 sender mostly at big.example (RCPT TO 550 5.7.1 sender)',
  });
  const metrics = await causeway.client().get('/metrics');
  expect(metrics.text).toContain('causeway_refused_mails{cause="sender"} 10');
  const root = causeway.client();
  const entry = { email: 'root@example.org', password: 'a boat on the causeway' };
  expect((await root.post('/login', entry)).status).toBe(303);
  expect((await root.get('/admin/mail')).text).toContain('big.example');
  clock.advance(DAY);
  await tellRefusedMail(app);
  expect(await told()).toHaveLength(1);
  for (let n = 20; n < 30; n += 1) await refuse(n);
  await tellRefusedMail(app);
  expect(await told()).toHaveLength(2);
});

it('a digest that was published before its period ended is not emailed, by whatever version', async () => {
  const causeway = await useCauseway({ DIGEST_MIN_AUTHORS: '1' });
  const { app, clock } = causeway;
  const mona = await addMember(causeway, 'mona', { confirmedAt: null });
  const thread = await addThread(causeway, mona, 'What stands in your way?');
  const facts = { country: 'KE', region: '014', barriers: ['cost' as const] };
  clock.set('2026-10-05T09:00:00Z');
  await addPost(causeway, mona, thread.id, 'Every month the bill eats our seed money.', facts);
  await addReader(causeway, 'ada@x.example', ['KE']);
  clock.set('2026-10-20T09:00:00Z');
  await publish(causeway, 'KE', '2026-10');
  // As earlier versions stored it: not marked, neither in its content nor beside it.
  const asBefore = async () => {
    const rows = await app.db.reader.select().from(digests);
    for (const { id, content } of rows) {
      const { whole: _, ...stored } = content as Record<string, unknown>;
      await app.db.write((tx) =>
        tx
          .update(digests)
          .set({ content: stored, thin: false, builtAt: Date.parse('2026-10-20T09:00:00Z') })
          .where(eq(digests.id, id)),
      );
    }
  };
  await asBefore();
  expect(await sendDueDigests(app)).toMatchObject({ queued: 0, open: 0, sent: 0 });
  const json = await causeway.client().get('/digests/KE/2026-10.json');
  expect(JSON.parse(json.text).whole).toBe(false);

  // Nor where the email waited already.
  clock.set('2026-11-02T09:00:00Z');
  await publish(causeway, 'KE', '2026-10');
  expect(await queueDueDigests(app)).toMatchObject({ mails: 1 });
  await asBefore();
  await sendDueDigests(app);
  expect(await causeway.mails()).toEqual([]);
});

it('a digest email to a missing address ends its subscription, and delays no other', async () => {
  const smtp = await useSmtp();
  const causeway = await startTestCauseway({ SMTP_URL: smtp.url, DIGEST_MIN_AUTHORS: '1' });
  onTestFinished(() => causeway.close());
  const mona = await addMember(causeway, 'mona');
  const thread = await addThread(causeway, mona, 'What stands in your way?');
  causeway.clock.set('2026-10-12T09:00:00Z');
  const facts = { country: 'KE', region: '014', barriers: ['cost' as const] };
  await addPost(causeway, mona, thread.id, 'Every month the bill eats our seed money.', facts);
  causeway.clock.set('2026-11-02T09:00:00Z');
  for (const name of ['gone', 'full', 'ada'])
    await addReader(causeway, `${name}@x.example`, ['KE']);
  smtp.refuse.set('gone@x.example', '550 5.1.1 No such user').set('full@x.example', 452);
  await publish(causeway, 'KE', '2026-10');
  const first = await sendDueDigests(causeway.app);
  expect(first).toMatchObject({ queued: 3, sent: 1, failed: 1, waiting: 1 });
  const rows = await causeway.app.db.reader.select().from(subscriptions);
  expect(rows.filter(({ state }) => state === 'left')).toMatchObject([{ email: null }]);

  // A day without an SMTP server, and another digest: one email with both.
  await smtp.stop();
  await publish(causeway, 'KE', '2026-W42');
  expect(await sendDueDigests(causeway.app)).toMatchObject({ sent: 0, waiting: 2 });
  causeway.clock.advance(DAY);
  await smtp.start();
  smtp.refuse.delete('full@x.example');
  expect(await sendDueDigests(causeway.app)).toMatchObject({ sent: 2, failed: 0, waiting: 0 });
  const full = smtp.mails.filter((mail) => [mail.to].flat()[0]?.text === 'full@x.example');
  expect(full).toHaveLength(1);
  expect(full[0]?.text).toContain('2026-10');
  expect(full[0]?.text).toContain('2026-W42');
  const left = await causeway.app.db.reader.select().from(mails);
  expect(left.filter(({ sentAt, failedAt }) => !sentAt && !failedAt)).toHaveLength(0);
});

it('a digest replaced while waiting is listed in the email, without its content', async () => {
  const smtp = await useSmtp();
  const causeway = await startTestCauseway({ SMTP_URL: smtp.url, DIGEST_MIN_AUTHORS: '1' });
  onTestFinished(() => causeway.close());
  const mona = await addMember(causeway, 'mona');
  const thread = await addThread(causeway, mona, 'What stands in your way?');
  const facts = { country: 'KE', region: '014', barriers: ['cost' as const] };
  causeway.clock.set('2026-10-12T09:00:00Z');
  await addPost(causeway, mona, thread.id, 'Every month the bill eats our seed money.', facts);
  causeway.clock.set('2026-10-19T09:00:00Z');
  await addPost(
    causeway,
    mona,
    thread.id,
    'The price of one card has doubled since spring.',
    facts,
  );
  await addReader(causeway, 'ada@x.example', ['KE']);
  await smtp.stop();
  await publish(causeway, 'KE', '2026-W42');
  expect(await sendDueDigests(causeway.app)).toMatchObject({ sent: 0, waiting: 1 });
  causeway.clock.advance(7 * DAY);
  await publish(causeway, 'KE', '2026-W43');
  await smtp.start();
  expect(await sendDueDigests(causeway.app)).toMatchObject({ sent: 1, waiting: 0 });
  const [mail] = smtp.mails;
  for (const part of [mail?.text, String(mail?.html)]) {
    expect(part).toContain('/digests/KE/2026-W43');
    expect(part).toContain('price of one card');
    expect(part).toContain('/digests/KE/2026-W42');
    expect(part).not.toContain('eats our seed money');
  }
});

it('strangers cannot cause many emails to a domain, or any to people who declined', async () => {
  const causeway = await useCauseway();
  const ask = (email: string, address: string) =>
    subscribe(causeway.app, {
      ...{ email, address, scopes: ['world'], pillars: [], frequency: 'weekly', language: 'en' },
    });
  const count = async () => (await causeway.app.db.reader.select().from(mails)).length;
  for (let n = 0; n < 100; n += 1) await ask(`reader${n}@small.example`, `192.0.2.${n}`);
  // What is too much for the domain leaves later, and nobody there is refused.
  await ask('last@small.example', '192.0.2.200');
  expect(await sendDueDigests(causeway.app)).toMatchObject({ sent: 100, waiting: 1 });
  causeway.clock.advance(HOUR);
  expect(await sendDueDigests(causeway.app)).toMatchObject({ sent: 1, waiting: 0 });
  const last = (await causeway.mails()).at(-1);
  expect([last?.to].flat()[0]?.text).toBe('last@small.example');

  // Spellings of one mailbox get five emails together, and the owner one more an hour later.
  for (let n = 0; n < 150; n += 1) await ask(`A.da+${n}@gmail.com`, `198.51.100.${n}`);
  expect(await count()).toBe(106);
  await ask('ada@gmail.com', '192.0.2.3');
  expect(await count()).toBe(106);
  causeway.clock.advance(HOUR);
  await ask('ada@gmail.com', '192.0.2.3');
  expect(await count()).toBe(107);

  await ask('eve@other.example', '192.0.2.1');
  await sendDueDigests(causeway.app);
  const asked = (await causeway.mails()).find(
    (mail) => mail.text && [mail.to].flat()[0]?.text === 'eve@other.example',
  );
  const path = /\/subscriptions\/\S+/.exec(asked?.text ?? '')?.[0] ?? '';
  await causeway.client().post(path, { action: 'unsubscribe' });
  causeway.clock.advance(DAY + HOUR);
  const before = await count();
  await ask('eve@other.example', '192.0.2.2');
  expect(await count()).toBe(before);
});
