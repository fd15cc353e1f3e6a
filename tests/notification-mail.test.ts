import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { notify } from '~/domain/notifications/notify';
import { DAY, HOUR, SECOND } from '~/platform/clock';
import { queueDigestMail } from '~/platform/mail/outbox';
import { addressHash, suppress } from '~/platform/mail/suppression';
import {
  bookmarks,
  mails,
  notifications,
  posts,
  readMarks,
  sessions,
  suppressions,
  threads,
  threadWatches,
  users,
} from '~db/schema';
import { type TestCauseway, TestClock, useCauseway } from './support/causeway';
import { addMember, addPost, addThread, type Member } from './support/community';
import { runJobs } from './support/jobs';

/** Bo has posted in Ada's thread and gets emails about replies immediately. */
async function useAnswers(mail: 'now' | 'daily' | 'none' | null = 'now') {
  const clock = new TestClock(Date.parse('2026-11-02T09:00:00Z'));
  const causeway = await useCauseway({ HOLD_FIRST_POSTS: '0' }, clock);
  const ada = await addMember(causeway, 'ada');
  const bo = await addMember(causeway, 'bo');
  const thread = await addThread(causeway, ada, 'Power cuts end the lesson');
  const words = await addPost(causeway, bo, thread.id, 'We lose two hours a day.');
  if (mail) expect((await choose(bo, mail)).status).toBe(303);
  const answer = async (body: string) => {
    clock.advance(SECOND);
    const sent = await ada.client.post(thread.path, { body, replyTo: words });
    expect(sent.status).toBe(303);
    return /#p-(\w+)/.exec(sent.location ?? '')?.[1] ?? '';
  };
  const work = () => runJobs(causeway.app);
  return { causeway, clock, ada, bo, thread, words, answer, work };
}

function choose(person: Member, mail: string) {
  return person.client.post('/settings/notices', { mail, watchOwn: '1' });
}

async function subjects(causeway: TestCauseway) {
  return (await causeway.mails()).map(({ subject }) => subject);
}

function headerOf(mail: { headerLines: readonly { key: string; line: string }[] }, name: string) {
  const line = mail.headerLines.find(({ key }) => key === name)?.line ?? '';
  return line
    .replace(/\r?\n\s+/g, ' ')
    .slice(name.length + 1)
    .trim();
}

/**
 * Returns the path of the unsubscribe page in the newest email; email programs add `/unsubscribe`.
 */
async function leavePath(causeway: TestCauseway): Promise<string> {
  const mail = (await causeway.mails()).at(-1);
  const link = mail
    ? /<(http[^>]+)\/unsubscribe>/.exec(headerOf(mail, 'list-unsubscribe'))?.[1]
    : '';
  return (link ?? '').replace(causeway.config.origin, '');
}

describe('a reply, emailed immediately', () => {
  it('contains the text, a link to the post, and an unsubscribe link, as text and HTML', async () => {
    const { causeway, bo, answer, work } = await useAnswers();
    const id = await answer('We charge <b>batteries</b> & wait.');
    expect(await work()).toMatchObject({ sent: 1, waiting: 0 });
    expect(await work()).toMatchObject({ sent: 0, waiting: 0 });
    const [mail] = await causeway.mails();
    expect([mail?.to].flat()[0]?.text).toBe(`${bo.handle}@example.org`);
    expect(mail?.subject).toBe('ada replied to you in “Power cuts end the lesson”');
    for (const text of [mail?.text, mail?.html]) {
      expect(text).toContain(`${causeway.config.origin}/p/${id}`);
      expect(text).toContain(await leavePath(causeway));
      expect(text).toContain('/settings/notices');
    }
    expect(mail?.text).toMatch(/^> We charge .*batteries.* & wait\.$/m);
    expect(mail?.html).not.toContain('<b>batteries</b>');
    if (!mail) throw new Error('no mail');
    expect(headerOf(mail, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(headerOf(mail, 'auto-submitted')).toBe('auto-generated');
  });

  it('comes in the language of its reader', async () => {
    const { causeway, bo, answer, work } = await useAnswers();
    await causeway.app.db.write((tx) =>
      tx.update(users).set({ language: 'ar' }).where(eq(users.id, bo.id)),
    );
    await answer('Nous aussi.');
    await work();
    const [mail] = await causeway.mails();
    expect(mail?.subject).toContain('ردّ عليك');
    expect(mail?.html).toContain('dir="rtl"');
  });

  it('is sent for a mention too', async () => {
    const { causeway, ada, bo, thread, work } = await useAnswers();
    const id = await addPost(causeway, ada, thread.id, 'As @bo said');
    const notice = { userId: bo.id, kind: 'mention', postId: id } as const;
    await causeway.app.db.write((tx) => notify(tx, causeway.clock, notice));
    await work();
    expect(await subjects(causeway)).toEqual(['ada mentioned you in “Power cuts end the lesson”']);
  });

  it('is one email for several notifications, and not sent twice by two processes', async () => {
    const { causeway, answer, work } = await useAnswers();
    await answer('One');
    await answer('Two');
    await Promise.all([work(), work()]);
    expect(await subjects(causeway)).toEqual([
      'ada replied to you in “Power cuts end the lesson”, and 1 more notification',
    ]);
    const [mail] = await causeway.mails();
    expect(mail?.text).toMatch(/> One[\s\S]*> Two/);
  });

  it('shows at most twenty, and the number of further ones', async () => {
    const { causeway, ada, bo, thread, work } = await useAnswers();
    for (let n = 1; n <= 23; n += 1) {
      const postId = await addPost(causeway, ada, thread.id, `Answer ${n}.`);
      const notice = { userId: bo.id, kind: 'reply', postId } as const;
      await causeway.app.db.write((tx) => notify(tx, causeway.clock, notice));
    }
    await work();
    const [mail] = await causeway.mails();
    expect(mail?.text?.match(/^> Answer/gm)).toHaveLength(20);
    expect(mail?.text).toContain('3 more are in your notifications');
  });
});

describe('no email is sent', () => {
  it.each(['hidden', 'held', 'deleted'] as const)(
    'about a post that is %s before sending',
    async (state) => {
      const { causeway, answer, work, clock } = await useAnswers();
      const kept = await answer('Stays');
      const gone = await answer('Never to be read');
      // The email is in the outbox and cannot be sent: its content is composed when it is sent.
      causeway.app.config.outboxDir = '/dev/null/nowhere';
      expect(await work()).toMatchObject({ sent: 0, waiting: 1 });
      await causeway.app.db.write((tx) =>
        tx.update(posts).set({ state }).where(eq(posts.id, gone)),
      );
      causeway.app.config.outboxDir = causeway.config.outboxDir = `${causeway.folder}/outbox`;
      clock.advance(HOUR);
      await work();
      const [mail] = await causeway.mails();
      expect(mail?.text).toContain('Stays');
      expect(mail?.text).toContain(kept);
      expect(JSON.stringify(mail)).not.toContain('Never to be read');
      expect(JSON.stringify(mail)).not.toContain(gone);
    },
  );

  const silences: [
    string,
    (at: Awaited<ReturnType<typeof useAnswers>>, post: string) => Promise<unknown>,
  ][] = [
    [
      'when all of it is hidden',
      ({ causeway: { app } }, post) =>
        app.db.write((tx) => tx.update(posts).set({ state: 'hidden' }).where(eq(posts.id, post))),
    ],
    [
      'when the thread is hidden',
      ({ causeway: { app }, thread }) =>
        app.db.write((tx) =>
          tx.update(threads).set({ state: 'hidden' }).where(eq(threads.id, thread.id)),
        ),
    ],
    [
      'when the thread is muted meanwhile',
      ({ bo, thread }) => bo.client.post(`/reading/${thread.id}`, { action: 'mute' }),
    ],
    [
      'when it was read meanwhile',
      async ({ bo, thread, clock }) =>
        bo.client.post(`/reading/${thread.id}`, {
          action: 'read',
          through: '',
          seen: String(clock.now()),
        }),
    ],
    ['when mails are turned off meanwhile', ({ bo }) => choose(bo, 'none')],
    [
      'to whoever is suspended',
      ({ causeway: { app }, bo, clock }) =>
        app.db.write((tx) =>
          tx
            .update(users)
            .set({ suspendedUntil: clock.now() + DAY })
            .where(eq(users.id, bo.id)),
        ),
    ],
    [
      'to whoever has not confirmed',
      ({ causeway: { app }, bo }) =>
        app.db.write((tx) =>
          tx.update(users).set({ confirmedAt: null }).where(eq(users.id, bo.id)),
        ),
    ],
    [
      'to an address that is not theirs any more',
      ({ causeway: { app }, bo }) =>
        app.db.write((tx) =>
          tx.update(users).set({ email: 'new@example.org' }).where(eq(users.id, bo.id)),
        ),
    ],
    [
      'to an address that asked for no more',
      ({ causeway: { app }, clock }) =>
        app.db.write((tx) => suppress(tx, clock, addressHash('BO@example.org'), 'notice')),
    ],
  ];
  it.each(silences)('%s', async (_when, silence) => {
    const at = await useAnswers();
    const post = await at.answer('Some words');
    const { outboxDir } = at.causeway.app.config;
    at.causeway.app.config.outboxDir = '/dev/null/nowhere';
    expect(await at.work()).toMatchObject({ sent: 0, waiting: 1 });
    at.causeway.app.config.outboxDir = outboxDir;
    await silence(at, post);
    at.clock.advance(HOUR);
    expect(await at.work()).toMatchObject({ sent: 0, waiting: 0 });
    expect(await at.causeway.mails()).toEqual([]);
  });

  it('about a muted thread, nor about replies from when emails were turned off', async () => {
    const { causeway, bo, thread, answer, work } = await useAnswers('none');
    await answer('Unheard');
    await work();
    await choose(bo, 'now');
    await bo.client.post(`/reading/${thread.id}`, { action: 'mute' });
    await answer('Unheard too');
    await work();
    expect(await causeway.mails()).toEqual([]);
  });

  it('about notifications older than three days', async () => {
    const { causeway, bo, clock, answer, work } = await useAnswers('none');
    await answer('Long ago');
    clock.advance(3 * DAY + HOUR);
    await choose(bo, 'now');
    await work();
    expect(await causeway.mails()).toEqual([]);
  });

  it('about a held reply until it is approved', async () => {
    const { causeway, ada, bo, thread, words, work } = await useAnswers();
    await causeway.app.db.write((tx) =>
      tx.update(users).set({ role: 'moderator' }).where(eq(users.id, bo.id)),
    );
    const carla = await addMember(causeway, 'carla', { role: 'moderator' });
    const replyTo = { parentId: words, replyToId: words };
    const held = await addPost(causeway, ada, thread.id, 'Waits', { state: 'held', ...replyTo });
    await work();
    expect(await causeway.mails()).toEqual([]);
    const desk = await carla.client.get(`/mod/posts/${held}`);
    const answer = await carla.client.post(desk.location ?? '', { action: 'approve' });
    expect(answer.status).toBe(303);
    causeway.clock.advance(SECOND);
    await work();
    expect(await subjects(causeway)).toContain('ada replied to you in “Power cuts end the lesson”');
  });
});

describe('one email a day', () => {
  it('is the default: it is sent in the morning with everything until then', async () => {
    const { causeway, clock, answer, work } = await useAnswers(null);
    await answer('In the forenoon');
    await work();
    expect(await causeway.mails()).toEqual([]);
    clock.set('2026-11-03T06:59:00Z');
    await work();
    expect(await causeway.mails()).toEqual([]);
    clock.set('2026-11-03T07:20:00Z');
    await answer('After seven');
    await work();
    const sent = await causeway.mails();
    expect(sent).toHaveLength(1);
    expect(sent[0]?.text).toContain('In the forenoon');
    expect(sent[0]?.text).not.toContain('After seven');
    clock.set('2026-11-03T23:00:00Z');
    await work();
    expect(await causeway.mails()).toHaveLength(1);
    clock.set('2026-11-04T07:00:00Z');
    await work();
    expect((await causeway.mails())[1]?.text).toContain('After seven');
  });

  it('is not sent if there is nothing new', async () => {
    const { causeway, clock, work } = await useAnswers(null);
    clock.advance(2 * DAY);
    await work();
    expect(await causeway.mails()).toEqual([]);
  });
});

describe('unsubscribing from notification emails', () => {
  it('accepts a POST of an email program, without a cookie, from anywhere, repeatedly', async () => {
    const { causeway, answer, work } = await useAnswers();
    await answer('One');
    await work();
    const path = await leavePath(causeway);
    const stranger = causeway.client();
    const fields = { 'List-Unsubscribe': 'One-Click' };
    const from = { Origin: 'https://mail.example', 'Sec-Fetch-Site': 'cross-site' };
    for (let again = 0; again < 2; again += 1) {
      const left = await stranger.post(`${path}/unsubscribe`, fields, from);
      expect(left.status).toBe(200);
      expect(left.headers.get('Content-Type')).toContain('text/plain');
    }
    expect(await causeway.app.db.reader.select().from(suppressions)).toHaveLength(1);
    await answer('Two');
    await work();
    expect(await causeway.mails()).toHaveLength(1);
  });

  it('needs a button for a person who follows the link; viewing changes nothing', async () => {
    const { causeway, bo, answer, work } = await useAnswers();
    await answer('One');
    await work();
    const path = await leavePath(causeway);
    const stranger = causeway.client();
    const page = await stranger.get(path);
    expect(page.status).toBe(200);
    expect(page.$('form[method=post]').filter(`[action="${path}"]`).length).toBe(1);
    expect(await causeway.app.db.reader.select().from(suppressions)).toEqual([]);
    const done = await stranger.post(path);
    expect(done).toMatchObject({ status: 303, location: `${path}?done` });
    expect((await stranger.get(`${path}?done`)).text).toContain('no more emails');

    // The settings show this, and allow turning emails on again.
    const settings = await bo.client.get('/settings/notices');
    expect(settings.$('[name=mail][checked]').attr('value')).toBe('none');
    await choose(bo, 'now');
    await answer('Two');
    await work();
    expect(await causeway.mails()).toHaveLength(2);
  });

  it('answers a wrong link and a wrong form', async () => {
    const { causeway, answer, work } = await useAnswers();
    await answer('One');
    await work();
    const path = await leavePath(causeway);
    const stranger = causeway.client();
    expect((await stranger.get(`${path}x`)).status).toBe(404);
    expect(
      (await stranger.post(`${path}x/unsubscribe`, { 'List-Unsubscribe': 'One-Click' })).status,
    ).toBe(404);
    expect((await stranger.post(`${path}/unsubscribe`)).status).toBe(400);
    expect((await stranger.get(`${path}/unsubscribe`)).location).toBe(path);
    expect(await causeway.app.db.reader.select().from(suppressions)).toEqual([]);
  });

  it('outlives the account: only the hash of the address is kept, and the old link still works', async () => {
    const { causeway, clock, bo, answer, work } = await useAnswers();
    await answer('One');
    await work();
    const path = await leavePath(causeway);
    const { db } = causeway.app;
    await causeway.client().post(`${path}/unsubscribe`, { 'List-Unsubscribe': 'One-Click' });
    await db.write(async (tx) => {
      await tx.delete(notifications).where(eq(notifications.userId, bo.id));
      await tx.delete(sessions).where(eq(sessions.userId, bo.id));
      const nobody = await addressless(tx);
      await tx.update(posts).set({ authorId: nobody }).where(eq(posts.authorId, bo.id));
      await tx.delete(users).where(eq(users.id, bo.id));
    });
    for (const table of [readMarks, threadWatches, bookmarks]) {
      expect(await db.reader.select().from(table).where(eq(table.userId, bo.id))).toEqual([]);
    }
    const rows = await db.reader.select().from(suppressions);
    expect(rows).toEqual([
      { addressHash: addressHash('bo@example.org'), kind: 'notice', createdAt: clock.now() },
    ]);
    expect(JSON.stringify(rows)).not.toContain('bo@');
    expect(
      (await causeway.client().post(`${path}/unsubscribe`, { 'List-Unsubscribe': 'One-Click' }))
        .status,
    ).toBe(200);

    // The same address with a new account gets no emails until its owner turns them on.
    const again = await addMember(causeway, 'bo2', {
      email: 'Bo@example.org',
      emailKey: 'bo@example.org',
    });
    const settings = await again.client.get('/settings/notices');
    expect(settings.$('[name=mail][checked]').attr('value')).toBe('none');
  });

  it('applies to all optional emails, including digests, but not to letters', async () => {
    const { causeway, clock } = await useAnswers();
    const { db } = causeway.app;
    await db.write(async (tx) => {
      await suppress(tx, clock, addressHash('reader@example.org'), 'digest');
      await queueDigestMail(tx, clock, 'Reader@Example.org');
    });
    expect(await runJobs(causeway.app)).toMatchObject({ sent: 0, waiting: 0 });
    expect(await db.reader.select().from(mails)).toEqual([]);

    const visitor = causeway.client();
    const fields = {
      email: 'reader@example.org',
      scope: 'world',
      frequency: 'weekly',
      language: 'en',
    };
    await visitor.post('/subscribe', fields);
    await runJobs(causeway.app);
    const [request] = await causeway.mails();
    const path = /\/subscriptions\/[^\s?]+/.exec(request?.text ?? '')?.[0] ?? '';
    await visitor.post(path, { action: 'confirm' });
    expect(await db.reader.select().from(suppressions)).toEqual([]);
    await visitor.post(`${path}/unsubscribe`, { 'List-Unsubscribe': 'One-Click' });
    expect(await db.reader.select().from(suppressions)).toMatchObject([
      { addressHash: addressHash('reader@example.org'), kind: 'digest' },
    ]);
  });
});

/** The account that keeps the posts of a deleted account. */
async function addressless(tx: Parameters<Parameters<TestCauseway['app']['db']['write']>[0]>[0]) {
  const id = 'former';
  await tx.insert(users).values({ id, handle: id, handleKey: id, createdAt: 0 });
  return id;
}
