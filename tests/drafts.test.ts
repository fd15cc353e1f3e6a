import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUser } from '~/domain/accounts/auth/create-user';
import { DAY, MINUTE } from '~/platform/clock';
import { cases, drafts, posts, users, waitingPosts } from '~db/schema';
import { hasBrowser, launchBrowser, openContext } from './support/browser';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addPost, addThread, type Member } from './support/community';
import { runJobs } from './support/jobs';

let causeway: TestCauseway;
let ada: Member;
let kofi: Member;
let thread: { id: string; slug: string; openingId: string };
let path: string;

beforeAll(async () => {
  causeway = await startTestCauseway();
  ada = await addMember(causeway, 'ada');
  kofi = await addMember(causeway, 'kofi');
});
afterAll(() => causeway.close());

const db = () => causeway.app.db.reader;
const later = (ms = 15 * MINUTE) => causeway.clock.advance(ms);

async function fresh() {
  later();
  thread = await addThread(causeway, kofi, 'A thread to write in for a while');
  path = `/t/${thread.id}/${thread.slug}`;
}

const draftsAt = (place: string) => db().select().from(drafts).where(eq(drafts.place, place));

describe('a draft', () => {
  it('is saved by its button, shown again anywhere, and gone once it is posted', async () => {
    await fresh();
    const fields = { body: 'Not ready yet', country: 'NG', barrier: ['cost'], save: '1' };
    const sent = await ada.client.post(`/t/${thread.id}`, fields);
    expect(sent.status).toBe(303);
    expect(sent.location).toBe(`${path}#reply`);
    later(5 * MINUTE);
    const again = await ada.client.get(path);
    expect(again.$('#body').text().trim()).toBe('Not ready yet');
    expect(again.$('#country').attr('value')).toBe('Nigeria');
    expect(again.$('input[name=barrier][value=cost]').attr('checked')).toBeDefined();
    expect(again.$('.draft-line').text()).toContain('Draft saved 5 minutes ago');
    expect((await kofi.client.get(path)).text).not.toContain('Not ready yet');
    expect((await causeway.client().get(path)).text).not.toContain('Not ready yet');
    expect((await ada.client.get('/drafts')).text).toContain('Not ready yet');

    const base = again.$('input[name=draft]').attr('value') ?? '';
    const posted = await ada.client.post(`/t/${thread.id}`, { body: 'Ready now', draft: base });
    expect(posted.status).toBe(303);
    expect(await draftsAt(thread.id)).toEqual([]);
    expect((await ada.client.get(path)).$('#body').text().trim()).toBe('');
  });

  it('may be incomplete', async () => {
    later();
    const sent = await ada.client.post('/threads/new', { title: 'Hm', body: '', save: '1' });
    expect(sent.status).toBe(303);
    expect((await ada.client.get('/threads/new')).$('#title').attr('value')).toBe('Hm');
    await ada.client.post('/drafts', { place: 'new' });
    expect((await ada.client.get('/threads/new')).$('#title').attr('value') ?? '').toBe('');
    await ada.client.post('/threads/new', { title: '', body: ' ', save: '1' });
    expect(await draftsAt('new')).toEqual([]);
  });

  it.each<[string, Record<string, string>, number]>([
    ['a preview', { preview: '1' }, 200],
    ['a wrong field', { country: 'Narnia' }, 400],
    ['a refusal', { replyTo: 'nothing' }, 422],
  ])('is saved by %s', async (_, fields, status) => {
    await fresh();
    const sent = await ada.client.post(`/t/${thread.id}`, { body: 'Do not lose me', ...fields });
    expect(sent.status).toBe(status);
    expect(sent.$('.draft-line').text()).toContain('Draft saved just now');
    expect((await draftsAt(thread.id)).map((one) => one.fields.body)).toEqual([['Do not lose me']]);
    expect((await ada.client.get(path)).$('#body').text().trim()).toBe('Do not lose me');
  });

  it('is saved when too much is written, when suspended and when the thread was closed', async () => {
    await fresh();
    const long = 'long '.repeat(4500);
    expect((await ada.client.post(`/t/${thread.id}`, { body: long })).status).toBe(400);
    expect((await ada.client.get(path)).$('#body').text().trim()).toBe(long.trim());
    const loud = await addMember(causeway, `loud${thread.id.slice(-4)}`, {
      suspendedUntil: causeway.clock.now() + DAY,
    });
    expect((await loud.client.post(`/t/${thread.id}`, { body: 'Let me' })).status).toBe(422);
    expect((await loud.client.get('/drafts')).text).toContain('Let me');
  });

  it('is separate for each post that is replied to', async () => {
    await fresh();
    const post = await addPost(causeway, kofi, thread.id, 'Answer me');
    await ada.client.post(`/t/${thread.id}`, { body: 'To the thread', save: '1' });
    const reply = { body: 'To Kofi', replyTo: post, save: '1' };
    const sent = await ada.client.post(`/t/${thread.id}`, reply);
    expect(sent.location).toBe(`${path}?replyTo=${post}#reply`);
    expect((await ada.client.get(path)).$('#body').text().trim()).toBe('To the thread');
    const there = await ada.client.get(`${path}?replyTo=${post}`);
    expect(there.$('#body').text().trim()).toBe('To Kofi');
    expect((await ada.client.get('/drafts')).$(`a[href*="replyTo=${post}"]`).length).toBe(1);
  });

  it('keeps the texts of two tabs', async () => {
    await fresh();
    const first = { body: 'From the first tab', save: '1' };
    await ada.client.post(`/t/${thread.id}`, first);
    await ada.client.post(`/t/${thread.id}`, { body: 'From the second tab', save: '1' });
    const { $ } = await ada.client.get(path);
    expect($('#body').text().trim()).toBe('From the second tab');
    expect($('.draft-line details').text()).toContain('From the first tab');
    // Posting one keeps the other.
    const base = $('input[name=draft]').attr('value') ?? '';
    await ada.client.post(`/t/${thread.id}`, { body: 'From the second tab', draft: base });
    expect((await ada.client.get(path)).$('#body').text().trim()).toBe('From the first tab');
  });

  it('does not accumulate repeated saves of one tab', async () => {
    await fresh();
    let base = '';
    for (const body of ['One', 'One two', 'Something else']) {
      await ada.client.post(`/t/${thread.id}`, { body, draft: base, save: '1' });
      base = (await ada.client.get(path)).$('input[name=draft]').attr('value') ?? '';
    }
    expect((await draftsAt(thread.id))[0]?.earlier).toEqual([]);
  });

  it('is never made by a GET, and visitors are not offered one', async () => {
    await fresh();
    await ada.client.get(`${path}?body=words&save=1`);
    expect(await draftsAt(thread.id)).toEqual([]);
    expect((await causeway.client().get('/drafts')).location).toBe('/login?redirectTo=%2Fdrafts');
  });

  it('is deleted after 90 days', async () => {
    await fresh();
    await ada.client.post(`/t/${thread.id}`, { body: 'Left behind', save: '1' });
    later(91 * DAY);
    await runJobs(causeway.app);
    expect(await draftsAt(thread.id)).toEqual([]);
    ada = await addMember(causeway, 'ada-again');
    kofi = await addMember(causeway, 'kofi-again');
  });
});

describe('writing before there is an account', () => {
  const newcomer = (name: string) => ({
    email: `${name}@example.org`,
    handle: name,
    password: 'a boat on the causeway',
  });

  async function confirmLink(email: string): Promise<string> {
    await runJobs(causeway.app);
    const mail = (await causeway.mails())
      .filter((one) => [one.to].flat()[0]?.text === email)
      .at(-1);
    return /\/confirm\/[\w-]+/.exec(mail?.text ?? '')?.[0] ?? '';
  }

  async function write(body: string, fields: Record<string, string> = {}) {
    const visitor = causeway.client();
    const sent = await visitor.post(`/t/${thread.id}`, { body, ...fields });
    expect(sent.status).toBe(303);
    return { visitor, join: sent.location ?? '' };
  }

  const written = (body: string) => db().select().from(posts).where(eq(posts.body, body));

  it('posts on confirmation, held like any first post', async () => {
    await fresh();
    const answered = await addPost(causeway, kofi, thread.id, 'Who else?');
    const { visitor, join } = await write('I, for one', { replyTo: answered });
    expect(await written('I, for one')).toEqual([]);
    const wrong = await visitor.post(join, { ...newcomer('newcomer'), email: 'nonsense' });
    expect(wrong.status).toBe(400);
    expect(wrong.$('#main').text()).toContain('I, for one');
    const sent = await visitor.post(join, newcomer('newcomer'));
    expect(sent.location).toBe('/signup/sent');
    expect(await written('I, for one')).toEqual([]);

    const done = await visitor.post(await confirmLink('newcomer@example.org'));
    const [post] = await written('I, for one');
    expect(post).toMatchObject({ state: 'held', parentId: answered, threadId: thread.id });
    expect(done.location).toBe(`/p/${post?.id}/about#p-${post?.id}`);
    expect((await visitor.get(done.location ?? '')).text).toContain('Waiting for a moderator');
    const open = await db()
      .select()
      .from(cases)
      .where(eq(cases.postId, post?.id ?? ''));
    expect(open.length).toBe(1);
    expect((await db().select().from(waitingPosts)).filter((one) => one.userId)).toEqual([]);
    expect((await visitor.get(join)).status).toBe(404);
  });

  it('starts threads too', async () => {
    later();
    const visitor = causeway.client();
    const fields = { title: 'Started before signing up', body: 'Words', pillar: 'policy' };
    const { location } = await visitor.post('/threads/new', fields);
    await visitor.post(location ?? '', newcomer('starter'));
    const done = await visitor.post(await confirmLink('starter@example.org'));
    expect(done.location).toContain('started-before-signing-up');
    expect((await visitor.get(done.location ?? '')).$('h1').text()).toBe(fields.title);
  });

  it('gives the same response if the address has an account, and becomes its draft', async () => {
    await fresh();
    const known = await createUser(causeway.app, { ...newcomer('known'), role: 'member' });
    const { visitor, join } = await write('By whom?');
    const sent = await visitor.post(join, {
      ...newcomer('other-handle'),
      email: known.email ?? '',
    });
    expect([sent.status, sent.location]).toEqual([303, '/signup/sent']);
    expect((await visitor.get(join)).status).toBe(404);
    expect(await confirmLink(known.email ?? '')).toBe('');
    const mail = (await causeway.mails()).at(-1);
    expect(mail?.text).toContain('in your drafts');
    expect(mail?.text).not.toContain('By whom?');
    expect(await written('By whom?')).toEqual([]);
    expect(await draftsAt(thread.id)).toMatchObject([
      { userId: known.id, fields: { body: ['By whom?'] } },
    ]);
    const nobody = await db().select().from(users).where(eq(users.handle, 'other-handle'));
    expect(nobody).toEqual([]);
  });

  it('posts at once if the visitor logs in instead', async () => {
    await fresh();
    const { join } = await write('I had an account');
    const page = await ada.client.get(join);
    expect(page.$('form[action^="/join/"] button').text()).toContain('Post as ada');
    expect(await written('I had an account')).toEqual([]);
    const twice = await Promise.all([ada.client.post(join), ada.client.post(join)]);
    expect(twice.map(({ status }) => status)).toEqual([303, 303]);
    expect((await written('I had an account')).length).toBe(1);
  });

  it('becomes a draft when the thread was closed meanwhile', async () => {
    await fresh();
    const { visitor, join } = await write('Too late');
    await visitor.post(join, newcomer('tardy'));
    const { threads } = await import('~db/schema');
    await causeway.app.db.write((tx) =>
      tx.update(threads).set({ state: 'locked' }).where(eq(threads.id, thread.id)),
    );
    const done = await visitor.post(await confirmLink('tardy@example.org'));
    expect(done.location).toBe('/drafts');
    expect((await visitor.get('/drafts')).text).toContain('Too late');
  });

  it('is posted by a background job if confirming was interrupted', async () => {
    await fresh();
    const { visitor, join } = await write('After the crash');
    await visitor.post(join, newcomer('crashed'));
    await causeway.app.db.write((tx) =>
      tx.update(users).set({ confirmedAt: 1 }).where(eq(users.handle, 'crashed')),
    );
    await runJobs(causeway.app);
    await runJobs(causeway.app);
    expect((await written('After the crash')).length).toBe(1);
  });

  it('refuses invalid posts, is rate limited, and is deleted after three days', async () => {
    await fresh();
    const visitor = causeway.client();
    const empty = await visitor.post(`/t/${thread.id}`, { body: ' ' });
    expect(empty.status).toBe(400);
    expect(empty.$('#reply textarea').length).toBe(1);
    later(60 * MINUTE);
    for (let n = 0; n < 20; n++) await write(`Number ${n}`);
    const more = await visitor.post(`/t/${thread.id}`, { body: 'One more' });
    expect(more.status).toBe(429);
    expect(more.$('#reply textarea').text().trim()).toBe('One more');
    later(3 * DAY);
    await runJobs(causeway.app);
    expect((await db().select().from(waitingPosts)).filter((one) => !one.userId)).toEqual([]);
  });
});

describe.skipIf(!hasBrowser)('in a browser without JavaScript', () => {
  it('writes first and confirms later', async () => {
    await fresh();
    const browser = await launchBrowser();
    try {
      const page = await (await openContext(browser)).newPage();
      await page.goto(causeway.url + path);
      await page.fill('#body', 'Written before signing up');
      await page.click('#reply form.composer button.primary');
      await page.fill('#email', 'first@example.org');
      await page.fill('#handle', 'firstwriter');
      // A person takes some time to fill in a form; a program does not.
      later(MINUTE);
      await page.click('form[action^="/join/"] button.primary');
      await page.waitForURL('**/signup/sent');
      await runJobs(causeway.app);
      const mail = (await causeway.mails()).at(-1);
      const link = /\/confirm\/[\w-]+/.exec(mail?.text ?? '')?.[0];
      // The browser asked for the link, so opening it is enough.
      await page.goto(causeway.url + link);
      await page.click('a[href$="/about?next=mates"]');
      expect(page.url()).toContain(`${path}#p-`);
      expect(await page.locator('.post .prose').last().innerText()).toBe(
        'Written before signing up',
      );
    } finally {
      await browser.close();
    }
  });

  it('finds the draft again after a killed connection', async () => {
    await fresh();
    const browser = await launchBrowser();
    try {
      const context = await openContext(browser);
      await context.addCookies(ada.client.cookiesForBrowser());
      const page = await context.newPage();
      await page.goto(causeway.url + path);
      await page.fill('#body', 'A long text on a bad line');
      await page.click('button[name=preview]');
      await page.waitForSelector('.preview');
      await context.setOffline(true);
      await page.click('form.composer button.primary').catch(() => undefined);
      await context.close();

      const next = await openContext(browser);
      await next.addCookies(ada.client.cookiesForBrowser());
      const again = await next.newPage();
      await again.goto(causeway.url + path);
      expect(await again.inputValue('#body')).toBe('A long text on a bad line');
      await again.click('form.composer button.primary');
      await again.waitForSelector('.post:has-text("A long text on a bad line")');
      await again.goto(causeway.url + path);
      expect(await again.inputValue('#body')).toBe('');
    } finally {
      await browser.close();
    }
  });
});
