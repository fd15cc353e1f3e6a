import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { announceDraft, buildDigest, publishDigest } from '~/domain/digests/digests';
import { sendDueDigests } from '~/jobs/mail';
import { HOUR, MINUTE } from '~/platform/clock';
import {
  digestDisputes,
  digests,
  notifications,
  posts as postRows,
  subscriptionScopes,
  subscriptions,
  users,
} from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addPost, addThread, type Member } from './support/community';
import { runJobs } from './support/jobs';

const WORDS = [
  'Every month the bill for one card eats the seed money of our whole cooperative.',
  'We cannot pay for the marigold transformer any longer, since the price doubled.',
  'Our clinic has no way to pay, because no bank card of ours is taken abroad.',
];

describe('authors who are quoted', () => {
  let causeway: TestCauseway;
  let mona: Member;
  const authors: Member[] = [];
  const posts: string[] = [];
  let desk: string;
  let id: string;
  const links: string[] = [];

  beforeAll(async () => {
    causeway = await startTestCauseway({ DIGEST_MIN_AUTHORS: '1', DIGEST_OBJECTION_HOURS: '48' });
    mona = await addMember(causeway, 'mona', { role: 'moderator' });
    const thread = await addThread(causeway, mona, 'What stands in your way?');
    for (const [at, body] of WORDS.entries()) {
      causeway.clock.set(`2026-10-1${at}T09:00:00Z`);
      const timeZone = at === 0 ? 'Asia/Kolkata' : null;
      const author = await addMember(causeway, `author${at}`, { timeZone });
      authors.push(author);
      const facts = { country: 'KE', region: '014', barriers: ['cost' as const] };
      posts.push(await addPost(causeway, author, thread.id, body, facts));
    }
    causeway.clock.set('2026-11-02T09:00:00Z');
    await subscribe('reader', 'KE');
    for (const [at, mail] of (['now', 'daily', 'none'] as const).entries()) {
      await authors[at]?.client.post('/settings/notices', { mail, watchOwn: '1' });
    }
    ({ id } = await buildDigest(causeway.app, 'KE', '2026-10'));
    desk = `/mod/digests/${id}`;
    return () => causeway.close();
  }, 180_000);

  const subscribe = (id: string, scope: string) =>
    causeway.app.db.write(async (tx) => {
      const email = `${id}@example.org`;
      const reader = { id, email, emailKey: email, language: 'en', createdAt: 0 };
      await tx.insert(subscriptions).values({ ...reader, frequency: 'monthly', state: 'active' });
      await tx.insert(subscriptionScopes).values({ subscriptionId: id, scope });
    });
  const told = () =>
    causeway.app.db.reader.select().from(notifications).where(eq(notifications.kind, 'quoted'));
  const mailsTo = async (name: string) =>
    (await causeway.mails()).filter(({ to }) => [to].flat()[0]?.text === `${name}@example.org`);
  const press = async (action: string) => {
    const page = await mona.client.get(desk);
    const value = (name: string) => String(page.$(`input[name=${name}]`).first().val());
    return mona.client.post(desk, { action, seen: value('seen'), key: value('key') });
  };
  const quotes = async () => {
    const page = await causeway.client().get('/digests/KE/2026-10');
    return page
      .$('blockquote')
      .map((_, one) => page.$(one).text())
      .get();
  };

  it('are told before it is published, once, by notification and by their settings', async () => {
    const page = await mona.client.get(desk);
    expect(page.$('button[value=announce]').length).toBe(1);
    expect(page.text).toContain('have not been notified');
    expect((await press('announce')).status).toBe(303);
    expect(await told()).toHaveLength(3);
    const after = await mona.client.get(desk);
    expect(after.$('button[value=announce]').length).toBe(0);
    expect(after.text).toContain('not before 4 November 2026 at 09:00');
    await causeway.app.db.write((tx) => announceDraft(tx, causeway.app, id));
    // The same quote in another digest is no news.
    const wider = await buildDigest(causeway.app, '014', '2026-10');
    await causeway.app.db.write((tx) => announceDraft(tx, causeway.app, wider.id));
    expect(await told()).toHaveLength(3);

    await runJobs(causeway.app);
    const [mail, ...more] = await mailsTo('author0');
    expect(more).toHaveLength(0);
    expect(mail?.subject).toBe(
      'You are quoted in “Eastern Africa, October 2026” and 1 more digest',
    );
    for (const words of [
      WORDS[0],
      'Kenya, October 2026, under “Cost',
      'author0, Kenya',
      // 09:00 in UTC.
      'Until 4 November 2026 at 14:30',
    ]) {
      expect(mail?.text?.replace(/\s+/g, ' ')).toContain(words);
    }
    links.push(/http\S+(\/quotes\/\S+)/.exec(mail?.text ?? '')?.[1] ?? '');
    expect(await mailsTo('author1')).toHaveLength(0);
    causeway.clock.advance(24 * HOUR);
    await runJobs(causeway.app);
    expect(await mailsTo('author1')).toHaveLength(1);
    expect(await mailsTo('author2')).toHaveLength(0);
    expect((await authors[2]?.client.get('/notifications'))?.text).toContain(
      `/p/${posts[2]}/quoted`,
    );
  });

  it('object with one press, without a login; the post stays counted', async () => {
    const [link = ''] = links;
    const visitor = causeway.client();
    const page = await visitor.get(link);
    expect(page.text).toContain(WORDS[0]);
    // Looking changes nothing, as mail scanners open every link.
    expect((await visitor.get(link)).$('form button').text()).toContain('Do not quote');
    const before = await mona.client.get(desk);
    expect(before.text).toContain(WORDS[0]);
    for (let n = 0; n < 2; n += 1) expect((await visitor.post(link)).status).toBe(303);
    const done = await visitor.get(link);
    expect(done.text).toContain('no longer quoted');
    expect(done.text).toContain('Until 4 November 2026 at 09:00, you can take this back');

    // It can be taken back: the draft quotes the post once it is built again.
    expect(done.$('input[name=again]').val()).toBe('1');
    for (let n = 0; n < 2; n += 1) {
      expect((await visitor.post(link, { again: '1' })).status).toBe(303);
    }
    await buildDigest(causeway.app, 'KE', '2026-10');
    const again = await mona.client.get(desk);
    expect(again.$('blockquote').text()).toContain(WORDS[0]);
    expect(again.text).not.toContain('its author objected');
    expect((await visitor.get(link)).$('form button').text()).toContain('Do not quote');
    expect((await visitor.post(link)).status).toBe(303);

    const draft = await mona.client.get(desk);
    expect(draft.$('blockquote, .said').text()).not.toContain(WORDS[0]);
    expect(draft.text).toContain('left out before publication because its author objected');
    await buildDigest(causeway.app, 'KE', '2026-10');
    expect((await press('publish')).status).toBe(303);
    expect(await quotes()).not.toContain(WORDS[0]);
    const { totals, errata } = JSON.parse(
      (await causeway.client().get('/digests/KE/2026-10.json')).text,
    );
    expect(totals.people).toBe(3);
    expect(errata).toMatchObject([{ cause: 'disputed', quoted: false }]);
    const published = await causeway.client().get('/digests/KE/2026-10');
    expect(published.$('#errata').parent().text()).toContain('because its author objected');
    expect(published.$('#errata').parent().text()).not.toContain('author0');
    // It is no reason for a corrected version.
    await runJobs(causeway.app);
    expect((await causeway.client().get('/digests/KE/2026-10/v/2')).status).toBe(404);
    expect(await told()).toHaveLength(3);
  });

  it('can object after publication too, and nothing is emailed before they had the time', async () => {
    expect(await sendDueDigests(causeway.app)).toMatchObject({ queued: 0, sent: 0, open: 1 });
    const own = await authors[1]?.client.get(`/p/${posts[1]}/quoted`);
    const action = own?.$('form:has(button.primary)').attr('action') ?? '';
    expect(action).toContain('/quotes/');
    const [first] = await causeway.app.db.reader
      .select({ digest: digests.id })
      .from(digests)
      .where(and(eq(digests.scope, 'KE'), eq(digests.state, 'published')));
    const objection = { digest: first?.digest ?? '', body: 'It says the opposite.' };
    const ask = () => authors[1]?.client.post(`/p/${posts[1]}/quoted`, objection);
    const cases = async () => (await mona.client.get('/mod?cause=dispute')).text;
    // What moderators have not decided is taken back, and its case closed.
    expect((await ask())?.status).toBe(303);
    expect(await cases()).toContain(`/mod/cases/`);
    const asked = await authors[1]?.client.get(`/p/${posts[1]}/quoted`);
    expect(asked?.$('button[name=takeBack]').length).toBe(1);
    const back = { digest: objection.digest, takeBack: '1' };
    const stranger = await authors[2]?.client.post(`/p/${posts[1]}/quoted`, back);
    expect(stranger?.status).toBe(404);
    expect((await authors[1]?.client.post(`/p/${posts[1]}/quoted`, back))?.status).toBe(303);
    expect(await causeway.app.db.reader.select().from(digestDisputes)).toEqual([]);
    expect(await cases()).not.toContain('/mod/cases/');
    // They may have asked the moderators first: the press answers that, too.
    expect((await ask())?.status).toBe(303);
    expect((await authors[1]?.client.post(action))?.status).toBe(303);
    expect(await quotes()).not.toContain(WORDS[1]);
    // Taken back, the words are in the published digest again, until the author changes their mind.
    expect((await authors[1]?.client.post(action, { again: '1' }))?.status).toBe(303);
    expect(await quotes()).toContain(WORDS[1]);
    expect((await ask())?.status).toBe(303);
    expect((await authors[1]?.client.post(action))?.status).toBe(303);
    expect(await quotes()).not.toContain(WORDS[1]);
    // What counts the post still leads to it, also before the corrected version.
    const data = JSON.parse((await causeway.client().get('/digests/KE/2026-10/v/1.json')).text);
    expect(data.sources.map(({ postId }: { postId: string }) => postId)).toContain(posts[1]);
    expect(data.withdrawnQuotes).toBe(1);
    // There is nothing left to object to, and no case about it.
    const done = await authors[1]?.client.get(`/p/${posts[1]}/quoted`);
    expect(done?.text).toContain('no longer quoted in any digest');
    expect(done?.$('input[name=digest]').length).toBe(0);
    const refused = await authors[1]?.client.post(`/p/${posts[1]}/quoted`, objection);
    expect(refused?.status).toBe(422);
    expect(refused?.$('[role=alert]').text()).toContain('No digest quotes this post any more');
    expect(await causeway.app.db.reader.select().from(digestDisputes)).toMatchObject([
      { state: 'accepted', answer: null },
    ]);
    expect((await mona.client.get('/mod?cause=dispute')).text).not.toContain(
      'It says the opposite.',
    );
    const page = await causeway.client().get('/digests/KE/2026-10');
    expect(page.$('#errata').parent().text()).toContain('its author objected');
    await runJobs(causeway.app);
    const corrected = await causeway.client().get('/digests/KE/2026-10/v/2');
    expect(corrected.text).not.toContain(WORDS[1]);
    expect(corrected.text).toContain(WORDS[2]);

    causeway.clock.set('2026-11-04T08:59:00Z');
    expect(await sendDueDigests(causeway.app)).toMatchObject({ queued: 0, sent: 0 });
    causeway.clock.advance(MINUTE);
    expect(await sendDueDigests(causeway.app)).toMatchObject({ queued: 1, sent: 1 });
    const [mail] = await mailsTo('reader');
    expect(mail?.text).toContain(WORDS[2]);
    for (const words of WORDS.slice(0, 2)) expect(mail?.text).not.toContain(words);
  });

  it('are asked to log in once the time is over', async () => {
    const own = await authors[2]?.client.get(`/p/${posts[2]}/quoted`);
    expect(own?.$('form button.primary').length).toBe(0);
    const { objectionToken } = await import('~/domain/digests/objection-token');
    const { linkSecret } = await import('~/platform/secrets/link-secret');
    const link = `/quotes/${objectionToken(await linkSecret(causeway.app), posts[2] ?? '')}`;
    expect((await causeway.client().get(link)).$(`a[href="/p/${posts[2]}/quoted"]`).length).toBe(1);
    expect((await causeway.client().post(link)).status).toBe(422);
    expect((await causeway.client().post(link, { again: '1' })).status).toBe(422);
    expect(await quotes()).toContain(WORDS[2]);
  });

  it('are told at publication at the latest', async () => {
    const { app } = causeway;
    await app.db.write((tx) => tx.delete(notifications));
    const made = await buildDigest(app, 'world', '2026-10');
    await publishDigest(app, made.id, null);
    const [row] = await app.db.reader.select().from(digests).where(eq(digests.id, made.id));
    expect(row?.announcedAt).toBe(Date.parse('2026-11-02T09:00:00Z'));
  });

  it('are not told that a post which is hidden or deleted stays', async () => {
    const page = `/p/${posts[0]}/quoted`;
    expect((await authors[0]?.client.get(page))?.text).toContain('It stays in the thread');
    const setState = (state: 'visible' | 'hidden') =>
      causeway.app.db.write((tx) =>
        tx
          .update(postRows)
          .set({ state })
          .where(eq(postRows.id, posts[0] ?? '')),
      );
    await setState('hidden');
    const { text = '' } = (await authors[0]?.client.get(page)) ?? {};
    expect(text).toContain('No digest quotes this post any more');
    expect(text).not.toContain('It stays in the thread');
    await setState('visible');
    expect((await authors[0]?.client.post(`/p/${posts[0]}/delete`))?.status).toBe(303);
    expect((await causeway.client().get(links[0] ?? '')).text).not.toContain('still counts');
  });

  it('hold up nothing if none of them has an account', async () => {
    const { app } = causeway;
    await app.db.write(async (tx) => {
      for (const { id: author } of authors) {
        await tx.update(users).set({ confirmedAt: null }).where(eq(users.id, author));
      }
    });
    const made = await buildDigest(app, '014', '2026-10');
    await publishDigest(app, made.id, null);
    const [row] = await app.db.reader.select().from(digests).where(eq(digests.id, made.id));
    expect(row?.announcedAt).toBe(null);
    await subscribe('second', '014');
    expect(await sendDueDigests(app)).toMatchObject({ queued: 1, sent: 1 });
    expect(await mailsTo('second')).toHaveLength(1);
  });
});
