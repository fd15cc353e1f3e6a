import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { visitorOf } from '~/domain/accounts/users/visitor';
import { decide } from '~/domain/moderation/decisions/decide';
import { MINUTE, SECOND } from '~/platform/clock';
import {
  bookmarks,
  cases,
  notifications,
  posts,
  readingChoices,
  readMarks,
  threadPillars,
  threads,
  threadWatches,
  users,
} from '~db/schema';
import { hasBrowser, launchBrowser, openContext } from './support/browser';
import { type TestCauseway, useCauseway } from './support/causeway';
import type { Answer, Client } from './support/client';
import { addMember, addPost, addThread, type Member } from './support/community';

/** Ada's thread, and Bo as reader. Each post is one second after the previous one. */
async function useReaders() {
  const causeway = await useCauseway({ HOLD_FIRST_POSTS: '0' });
  const ada = await addMember(causeway, 'ada');
  const bo = await addMember(causeway, 'bo');
  causeway.clock.advance(SECOND);
  const thread = await addThread(causeway, ada, 'Power cuts end the lesson');
  const write = (author: Member, body: string, facts = {}) => {
    causeway.clock.advance(SECOND);
    return addPost(causeway, author, thread.id, body, facts);
  };
  return { causeway, ada, bo, thread, write };
}

/** Returns the number of unread posts shown for the first thread in the list; 0 if none. */
async function unreadOnList(client: Client, path = '/threads'): Promise<number> {
  const { $ } = await client.get(path);
  return Number.parseInt($('.thread-rows li .unread').first().text() || '0', 10);
}

function unreadPosts({ $ }: Answer): string[] {
  return $('.post:has(> .byline > .unread)')
    .map((_, post) => $(post).attr('id')?.slice(2))
    .get();
}

/** Submits the form at the end of a page as a browser would. */
async function pressMarkRead(client: Client, path: string): Promise<Answer> {
  const { $ } = await client.get(path);
  const form = $('form.mark-read');
  expect(form.length).toBe(1);
  const fields = Object.fromEntries(
    form
      .find('input')
      .map((_, input) => [[$(input).attr('name'), $(input).attr('value') ?? '']])
      .get(),
  );
  return client.post(form.attr('action') ?? '', { ...fields, action: 'read' });
}

describe('unread posts', () => {
  it('are new posts of others, counted in lists and marked at the posts', async () => {
    const { bo, ada, thread, write } = await useReaders();
    const first = await write(ada, 'First');
    const own = await write(bo, 'Mine');
    expect(await unreadOnList(bo.client)).toBe(2);
    const page = await bo.client.get(thread.path);
    expect(unreadPosts(page)).toEqual([thread.openingId, first]);
    expect(unreadPosts(page)).not.toContain(own);
    expect((await ada.client.get('/threads')).$('.thread-rows .unread').text()).toMatch(/^1 /);
  });

  it('are not shown to logged-out visitors', async () => {
    const { causeway, thread } = await useReaders();
    const { $ } = await causeway.client().get(thread.path);
    expect($('.unread, form.mark-read, .watch').length).toBe(0);
    expect((await causeway.client().get('/threads')).$('.unread, .mark-all').length).toBe(0);
  });

  it('do not include posts from before a person joined', async () => {
    const { causeway } = await useReaders();
    causeway.clock.advance(MINUTE);
    const late = await addMember(causeway, 'late');
    expect(await unreadOnList(late.client)).toBe(0);
  });

  it('include posts that were approved after the reader’s visit', async () => {
    const { causeway, ada, bo, thread, write } = await useReaders();
    const held = await write(ada, 'Waits', { state: 'held' });
    causeway.clock.advance(MINUTE);
    await pressMarkRead(bo.client, thread.path);
    expect(await unreadOnList(bo.client)).toBe(0);
    causeway.clock.advance(MINUTE);
    await approve(causeway, held);
    expect(await unreadOnList(bo.client)).toBe(1);
    expect(unreadPosts(await bo.client.get(thread.path))).toEqual([held]);
  });

  it.each(['hidden', 'deleted', 'held'] as const)(
    'never include a post that is %s',
    async (state) => {
      const { causeway, ada, bo, thread, write } = await useReaders();
      await pressMarkRead(bo.client, thread.path);
      const gone = await write(ada, 'Gone');
      expect(await unreadOnList(bo.client)).toBe(1);
      await causeway.app.db.write((tx) =>
        tx.update(posts).set({ state }).where(eq(posts.id, gone)),
      );
      expect(await unreadOnList(bo.client)).toBe(0);
      const jump = await bo.client.get(`/reading/${thread.id}`);
      expect(jump.location).toBe(thread.path);
    },
  );

  it('link to the first in reading order', async () => {
    const { ada, bo, thread, write } = await useReaders();
    const early = await write(ada, 'Early');
    await write(ada, 'Late');
    await pressMarkRead(bo.client, thread.path);
    await write(ada, 'Latest');
    const reply = await write(ada, 'To early', { parentId: early, replyToId: early });
    const jump = await bo.client.get(`/reading/${thread.id}`);
    expect(jump).toMatchObject({ status: 303, location: `/p/${reply}` });
    expect((await bo.client.get(thread.path)).text).toContain('Go to the first of 2 unread posts');
  });
});

describe('marking as read', () => {
  it('is never done by viewing', async () => {
    const { causeway, bo, thread, write, ada } = await useReaders();
    await write(ada, 'First');
    await bo.client.post(`/reading/${thread.id}`, { action: 'watch' });
    const before = await everythingStored(causeway);
    const paths = [
      '/threads',
      thread.path,
      `/reading/${thread.id}`,
      '/following',
      '/bookmarks',
      '/notifications',
      '/pillars/education',
      '/regions/011',
    ];
    for (const path of paths) expect((await bo.client.get(path)).status).toBeLessThan(400);
    expect(await everythingStored(causeway)).toEqual(before);
    expect(await unreadOnList(bo.client)).toBe(2);
  });

  it('covers the posts on the page, and none that came later', async () => {
    const { ada, bo, thread, write } = await useReaders();
    const page = await bo.client.get(thread.path);
    const seen = page.$('form.mark-read [name=seen]').attr('value') ?? '';
    const later = await write(ada, 'Written meanwhile');
    const fields = { action: 'read', through: '', seen };
    const answer = await bo.client.post(`/reading/${thread.id}`, fields);
    expect(answer).toMatchObject({ status: 303, location: thread.path });
    expect(unreadPosts(await bo.client.get(thread.path))).toEqual([later]);
  });

  it('goes page by page, and leaves the next page unread', async () => {
    const { causeway, ada, bo, thread, write } = await useReaders();
    const ids: string[] = [];
    for (let n = 1; n <= 25; n += 1) ids.push(await write(ada, `Contribution ${n}`));
    // A reply on the first page is newer than all of the second page.
    const first = ids[0] ?? '';
    await write(ada, 'A late reply', { parentId: first, replyToId: first });
    const answer = await pressMarkRead(bo.client, thread.path);
    expect(answer.location).toBe(`${thread.path}?page=2`);
    expect(await unreadOnList(bo.client)).toBe(5);
    expect(unreadPosts(await bo.client.get(`${thread.path}?page=2`))).toEqual(ids.slice(20));
    await pressMarkRead(bo.client, `${thread.path}?page=2`);
    expect(await unreadOnList(bo.client)).toBe(0);
    const marks = await causeway.app.db.reader.select().from(readMarks);
    expect(marks).toHaveLength(1);
  });

  it('is done for all threads at once', async () => {
    const { causeway, ada, bo, write } = await useReaders();
    await addThread(causeway, ada, 'Another thread of hers');
    const list = await bo.client.get('/threads');
    const seen = list.$('form.mark-all [name=seen]').attr('value') ?? '';
    await write(ada, 'Too late for that');
    const fields = { action: 'all-read', seen, redirectTo: '/threads' };
    expect((await bo.client.post('/following', fields)).location).toBe('/threads');
    const after = await bo.client.get('/threads');
    expect(after.$('.thread-rows .unread').length).toBe(1);
    expect(await unreadOnList(bo.client)).toBe(1);
    // A time from the form that is in the future is not accepted.
    await bo.client.post('/following', { action: 'all-read', seen: '999999999999999' });
    expect(await unreadOnList(bo.client)).toBe(0);
    await write(ada, 'And on it goes');
    expect(await unreadOnList(bo.client)).toBe(1);
  });

  it('follows from writing in a thread', async () => {
    const { causeway, ada, bo, thread, write } = await useReaders();
    await write(ada, 'First');
    const answer = await bo.client.post(thread.path, { body: 'We have the same here.' });
    expect(answer.status).toBe(303);
    expect(await unreadOnList(bo.client)).toBe(0);
    expect(await watchOf(causeway, bo)).toBe('watching');
  });

  it('refuses what is not a thread, a contribution of it or a moment', async () => {
    const { causeway, ada, bo, thread } = await useReaders();
    const other = await addThread(causeway, ada, 'Another thread of hers');
    const mark = (id: string, fields: Record<string, string>) =>
      bo.client.post(`/reading/${id}`, { action: 'read', seen: '1', ...fields });
    expect((await mark('nothing', {})).status).toBe(404);
    expect((await mark(thread.id, { through: other.openingId })).status).toBe(400);
    expect((await mark(thread.id, { seen: 'now' })).status).toBe(400);
    const burnt = await mark(thread.id, { action: 'burn' });
    expect(burnt.status).toBe(400);
    expect(burnt.$('[role=alert]').length).toBe(1);
    expect((await bo.client.post(`/p/${thread.openingId}/bookmark`)).status).toBe(400);
    const away = await mark(thread.id, { redirectTo: 'https://elsewhere.example/' });
    expect(away.location).toBe(thread.path);
    const anonymous = await causeway.client().post(`/reading/${thread.id}`, { action: 'watch' });
    expect(anonymous.location).toMatch(/^\/login\?redirectTo=%2Fkept%2F/);
  });
});

describe('watching and muting', () => {
  it('notifies a watcher once, until they have read it', async () => {
    const { causeway, ada, bo, thread } = await useReaders();
    await bo.client.post(`/reading/${thread.id}`, { action: 'watch' });
    await answerBy(ada, thread.path, 'Something new');
    causeway.clock.advance(SECOND);
    await answerBy(ada, thread.path, 'And more');
    expect(await noticesOf(causeway, bo)).toEqual(['watched']);
    const { $ } = await bo.client.get('/notifications');
    expect($('.notices').text()).toContain('which you watch');
    expect($('nav.account').text()).toContain('1 new');

    await pressMarkRead(bo.client, thread.path);
    expect((await bo.client.get('/')).$('nav.account').text()).not.toContain('new');
    causeway.clock.advance(SECOND);
    await answerBy(ada, thread.path, 'Later still');
    expect(await noticesOf(causeway, bo)).toEqual(['watched', 'watched']);
  });

  it('notifies the author who is replied to once only', async () => {
    const { causeway, ada, bo, thread, write } = await useReaders();
    const own = await write(bo, 'Mine');
    await bo.client.post(`/reading/${thread.id}`, { action: 'watch' });
    await answerBy(ada, thread.path, 'To you', own);
    expect(await noticesOf(causeway, bo)).toEqual(['reply']);
  });

  it('silences a muted thread: no count, no mark, no notification, not even of a reply', async () => {
    const { causeway, ada, bo, thread, write } = await useReaders();
    const own = await write(bo, 'Mine');
    await answerBy(ada, thread.path, 'Before', own);
    expect((await bo.client.get('/')).$('nav.account').text()).toContain('1 new');
    await bo.client.post(`/reading/${thread.id}`, { action: 'mute' });
    expect((await bo.client.get('/')).$('nav.account').text()).not.toContain('new');
    await answerBy(ada, thread.path, 'After', own);
    expect(await noticesOf(causeway, bo)).toEqual(['reply']);
    expect(await unreadOnList(bo.client)).toBe(0);
    expect((await bo.client.get('/threads')).$('.thread-row').text()).toContain('Muted');

    // Posting in a muted thread does not unmute it.
    await bo.client.post(thread.path, { body: 'One word more from me.' });
    expect(await watchOf(causeway, bo)).toBe('muted');
    const { $ } = await bo.client.get('/following');
    expect($('#muted + ul').text()).toContain('Power cuts end the lesson');
    await bo.client.post(`/reading/${thread.id}`, { action: 'neither', redirectTo: '/following' });
    expect(await watchOf(causeway, bo)).toBeUndefined();
  });

  it('notifies of a held post only when it is approved', async () => {
    const { causeway, ada, bo, thread, write } = await useReaders();
    await bo.client.post(`/reading/${thread.id}`, { action: 'watch' });
    const held = await write(ada, 'Waits', { state: 'held' });
    expect(await noticesOf(causeway, bo)).toEqual([]);
    await approve(causeway, held);
    expect(await noticesOf(causeway, bo)).toEqual(['watched']);
  });

  it('lists watched threads with their new posts', async () => {
    const { ada, bo, thread, write } = await useReaders();
    await bo.client.post(`/reading/${thread.id}`, { action: 'watch' });
    await write(ada, 'New');
    expect(await unreadOnList(bo.client, '/following')).toBe(2);
  });
});

describe('following', () => {
  it('notifies of new threads about a pillar or in a region, once', async () => {
    const { causeway, ada, bo } = await useReaders();
    for (const [kind, code] of [
      ['pillar', 'education'],
      ['region', '202'],
    ] as const) {
      const answer = await bo.client.post('/following', { action: 'follow', kind, code });
      expect(answer.status).toBe(303);
    }
    const open = (title: string, fields: Record<string, string>) =>
      ada.client.post('/threads/new', { title, body: 'What do you do?', ...fields });
    expect(
      (await open('Lessons without light', { pillar: 'education', country: 'NG' })).status,
    ).toBe(303);
    expect(await noticesOf(causeway, bo)).toEqual(['followed']);
    await open('Prices of cards in Lagos', { country: 'NG' });
    expect(await noticesOf(causeway, bo)).toEqual(['followed', 'followed']);
    await open('Somewhere else altogether', { country: 'FR' });
    expect(await noticesOf(causeway, bo)).toEqual(['followed', 'followed']);

    const { $ } = await bo.client.get('/following');
    expect($('#followed ~ ul').text()).toContain('Sub-Saharan Africa');
    await bo.client.post('/following', { action: 'unfollow', kind: 'region', code: '202' });
    await open('Prices of cards in Abuja', { country: 'NG' });
    expect(await noticesOf(causeway, bo)).toEqual(['followed', 'followed']);
  });

  it('has its button on the pages of pillars and regions, and refuses other values', async () => {
    const { causeway, bo } = await useReaders();
    for (const path of ['/pillars/policy', '/regions/419']) {
      expect((await bo.client.get(path)).$('button[value=follow]').length).toBe(1);
      expect((await causeway.client().get(path)).$('button[value=follow]').length).toBe(0);
    }
    const fields = { action: 'follow', kind: 'region', code: 'Atlantis' };
    expect((await bo.client.post('/following', fields)).status).toBe(400);
  });
});

describe('bookmarks', () => {
  it('list posts, newest first, for their owner only', async () => {
    const { causeway, ada, bo, thread, write } = await useReaders();
    const one = await write(ada, 'Words to keep');
    const two = await write(ada, 'More words to keep');
    const answer = await bo.client.post(`/p/${one}/bookmark`, { on: '1' });
    expect(answer).toMatchObject({ status: 303, location: `${thread.path}#p-${one}` });
    causeway.clock.advance(SECOND);
    await bo.client.post(`/p/${two}/bookmark`, { on: '1' });
    await bo.client.post(`/p/${two}/bookmark`, { on: '1' });
    const kept = async (client: Client) =>
      (await client.get('/bookmarks'))
        .$('.newest .excerpt')
        .map((_, p) => p.children.map((c) => ('data' in c ? c.data : '')).join(''))
        .get();
    expect(await kept(bo.client)).toEqual(['More words to keep', 'Words to keep']);
    expect(await kept(ada.client)).toEqual([]);

    await causeway.app.db.write((tx) =>
      tx.update(posts).set({ state: 'hidden' }).where(eq(posts.id, two)),
    );
    expect(await kept(bo.client)).toEqual(['Words to keep']);
    await bo.client.post(`/p/${one}/bookmark`, { on: '0' });
    expect(await kept(bo.client)).toEqual([]);
    expect((await bo.client.post(`/p/${one}x/bookmark`, { on: '1' })).status).toBe(404);
    const held = await write(ada, 'Not yours', { state: 'held' });
    expect((await bo.client.post(`/p/${held}/bookmark`, { on: '1' })).status).toBe(404);
  });
});

async function approve({ app }: TestCauseway, postId: string) {
  const [matter] = await app.db.reader.select().from(cases).where(eq(cases.postId, postId));
  const desk = { id: 'desk', handle: 'desk', handleKey: 'desk', createdAt: 0, confirmedAt: 0 };
  await app.db.write((tx) =>
    tx
      .insert(users)
      .values({ ...desk, role: 'moderator' })
      .onConflictDoNothing(),
  );
  const [account] = await app.db.reader.select().from(users).where(eq(users.id, 'desk'));
  const moderator = visitorOf(account ?? null, app.clock.now()).person;
  if (!moderator || !matter) throw new Error('nothing to decide');
  const decision = {
    caseId: matter.id,
    action: 'approve',
    rule: null,
    note: '',
    seen: {},
  } as const;
  await app.db.write((tx) => decide(tx, app, moderator, decision));
}

async function answerBy(author: Member, path: string, body: string, replyTo = '') {
  const answer = await author.client.post(path, { body, replyTo });
  expect(answer.status).toBe(303);
}

async function noticesOf({ app }: TestCauseway, { id }: Member): Promise<string[]> {
  const rows = await app.db.reader.select().from(notifications).where(eq(notifications.userId, id));
  return rows.map(({ kind }) => kind);
}

async function watchOf({ app }: TestCauseway, { id }: Member) {
  const [row] = await app.db.reader
    .select()
    .from(threadWatches)
    .where(eq(threadWatches.userId, id));
  return row?.state;
}

/** Returns all rows that reading could change. */
async function everythingStored({ app }: TestCauseway) {
  const db = app.db.reader;
  const tables = [
    readMarks,
    threadWatches,
    readingChoices,
    bookmarks,
    notifications,
    posts,
    threads,
    threadPillars,
    users,
  ];
  return Promise.all(tables.map((table) => db.select().from(table)));
}

describe.skipIf(!hasBrowser)('in a browser without JavaScript', () => {
  it('from the list to the first unread post, to the button, to nothing unread', async () => {
    const { causeway, ada, bo, thread, write } = await useReaders();
    await pressMarkRead(bo.client, thread.path);
    for (let n = 1; n <= 22; n += 1) await write(ada, `Contribution ${n}`);
    const browser = await launchBrowser();
    try {
      const context = await openContext(browser, { width: 390 });
      await context.addCookies(bo.client.cookiesForBrowser());
      const page = await context.newPage();
      await page.goto(`${causeway.url}/threads`);
      await page.getByRole('link', { name: '22 unread posts in' }).click();
      expect(new URL(page.url()).hash).toMatch(/^#p-/);
      expect(await page.locator('.post:target .unread').count()).toBe(1);
      await page.getByRole('button', { name: 'Mark as read up to here' }).click();
      expect(page.url()).toContain('page=2');
      expect(await page.locator('.post .unread').count()).toBe(2);
      await page.getByRole('button', { name: 'Mark the thread as read' }).click();
      expect(await page.locator('.unread').count()).toBe(0);
      await page.goto(`${causeway.url}/threads`);
      expect(await page.locator('.unread').count()).toBe(0);
    } finally {
      await browser.close();
    }
  });
});
