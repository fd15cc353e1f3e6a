import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '~/platform/clock';
import { cases, meToos, postRevisions, posts } from '~db/schema';
import { hasBrowser, launchBrowser, openContext } from './support/browser';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addPost, addThread, type Member } from './support/community';
import { runJobs } from './support/jobs';

let causeway: TestCauseway;
let ada: Member;
let kofi: Member;
let host: Member;

beforeAll(async () => {
  causeway = await startTestCauseway({ HOLD_FIRST_POSTS: '0' });
  ada = await addMember(causeway, 'ada');
  kofi = await addMember(causeway, 'kofi');
  host = await addMember(causeway, 'host', { role: 'moderator' });
});
afterAll(() => causeway.close());

const later = (ms = 10 * MINUTE) => causeway.clock.advance(ms);
const row = async (id: string) => {
  const [post] = await causeway.app.db.reader.select().from(posts).where(eq(posts.id, id));
  if (!post) throw new Error('no such post');
  return post;
};
const kept = (id: string) =>
  causeway.app.db.reader.select().from(postRevisions).where(eq(postRevisions.postId, id));
const setPost = (id: string, facts: Partial<typeof posts.$inferInsert>) =>
  causeway.app.db.write((tx) => tx.update(posts).set(facts).where(eq(posts.id, id)));

async function newPost(body = 'The first words'): Promise<{ id: string; path: string }> {
  later();
  const thread = await addThread(causeway, kofi, `A thread to write in, ${body.length}`);
  const id = await addPost(causeway, ada, thread.id, body, { country: 'NG', region: '011' });
  return { id, path: `/t/${thread.id}/${thread.slug}` };
}

describe('editing', () => {
  it('leaves no trace within five minutes', async () => {
    const { id, path } = await newPost();
    later(4 * MINUTE);
    const form = await ada.client.get(`/p/${id}/edit`);
    expect(form.status).toBe(200);
    expect(form.$('#body').text().trim()).toBe('The first words');
    expect(form.$('#country').attr('value')).toBe('Nigeria');
    const sent = await ada.client.post(`/p/${id}/edit`, {
      body: 'Mended **words**',
      revision: '1',
    });
    expect(sent.status).toBe(303);
    expect(sent.location).toBe(`${path}#p-${id}`);
    expect(await row(id)).toMatchObject({ revision: 2, editedAt: null, country: 'NG' });
    expect((await row(id)).html).toContain('<strong>words</strong>');
    expect(await kept(id)).toEqual([]);
  });

  it.each(['replied to', 'faced', 'flagged'])('has no edit window once it was %s', async (how) => {
    const { id } = await newPost();
    const { threadId } = await row(id);
    if (how === 'replied to') {
      await addPost(causeway, kofi, threadId, 'Yes', { parentId: id, replyToId: id });
    } else if (how === 'faced') {
      await kofi.client.post(`/p/${id}/face`, { on: '1' });
    } else {
      await kofi.client.post(`/p/${id}/flag`, { reason: 'spam' });
    }
    await ada.client.post(`/p/${id}/edit`, { body: 'Other words' });
    expect((await row(id)).editedAt).toBe(causeway.clock.now());
    expect((await kept(id)).map(({ body }) => body)).toEqual(['The first words', 'Other words']);
  });

  it('keeps every later version, with a diff and the reason, for everyone', async () => {
    const { id, path } = await newPost('Power <b>fails</b> twice a week.');
    later();
    await ada.client.post(`/p/${id}/edit`, {
      body: 'Power <b>fails</b> every day.',
      reason: ' It got  worse ',
      revision: '1',
    });
    later();
    await ada.client.post(`/p/${id}/edit`, { body: 'Power fails every day.', revision: '2' });

    const page = await causeway.client().get(path);
    const mark = page.$(`#p-${id} .byline a[href="/p/${id}/revisions"]`);
    expect(mark.text()).toContain('edited');
    const history = await causeway.client().get(`/p/${id}/revisions`);
    expect(history.status).toBe(200);
    const versions = history.$('.revisions > li');
    expect(versions.length).toBe(3);
    expect(versions.eq(0).text()).toContain('current text');
    expect(versions.eq(1).text()).toContain('Reason: It got worse');
    expect(versions.eq(1).find('del').first().text()).toContain('removed:');
    expect(versions.eq(1).find('ins').text()).toMatch(/every.*day/);
    expect(versions.eq(2).text()).toContain('Power <b>fails</b> twice a week.');
    expect(history.$('.revisions b').length).toBe(0);
    expect((await row(id)).revision).toBe(3);
  });

  it('changes place, kinds and pillars without a new version of the text', async () => {
    const { id } = await newPost();
    later();
    const fields = { body: 'The first words', country: '', barrier: ['cost'], pillar: ['policy'] };
    expect((await ada.client.post(`/p/${id}/edit`, fields)).status).toBe(303);
    expect(await row(id)).toMatchObject({ country: null, region: null, revision: 1 });
    expect(await kept(id)).toEqual([]);
    const form = await ada.client.get(`/p/${id}/edit`);
    expect(form.$('input[name=barrier][value=cost]').attr('checked')).toBeDefined();
  });

  it('keeps both texts if another tab saved first', async () => {
    const { id } = await newPost();
    later();
    await ada.client.post(`/p/${id}/edit`, { body: 'From the first tab', revision: '1' });
    const sent = await ada.client.post(`/p/${id}/edit`, {
      body: 'From the second tab',
      revision: '1',
      country: 'GH',
    });
    expect(sent.status).toBe(422);
    expect(sent.$('#body').text().trim()).toBe('From the second tab');
    expect(sent.$('.typed').text()).toBe('From the first tab');
    expect(await row(id)).toMatchObject({ body: 'From the first tab', country: 'NG' });
    const again = { body: 'Both', revision: sent.$('input[name=revision]').attr('value') ?? '' };
    expect((await ada.client.post(`/p/${id}/edit`, again)).status).toBe(303);
    expect((await row(id)).body).toBe('Both');
  });

  it('counts a form once that is sent twice', async () => {
    const { id } = await newPost();
    later();
    const form = { body: 'Once', revision: '1', key: 'edit-key' };
    const sent = await Promise.all([1, 2].map(() => ada.client.post(`/p/${id}/edit`, form)));
    expect(sent.map(({ status }) => status)).toEqual([303, 303]);
    expect((await kept(id)).length).toBe(2);
  });

  it('is possible for its author only', async () => {
    const { id } = await newPost();
    for (const who of [kofi, host]) {
      expect((await who.client.get(`/p/${id}/edit`)).status).toBe(404);
      expect((await who.client.post(`/p/${id}/edit`, { body: 'Mine now' })).status).toBe(404);
      expect((await who.client.post(`/p/${id}/delete`)).status).toBe(404);
    }
    expect((await ada.client.get('/p/nothing/edit')).status).toBe(404);
    const visitor = causeway.client();
    expect((await visitor.get(`/p/${id}/edit`)).location).toContain('/login?redirectTo=');
    const lapsed = await visitor.post(`/p/${id}/edit`, { body: 'Written long' });
    expect(lapsed.status).toBe(422);
    expect(lapsed.$('#body').text().trim()).toBe('Written long');
    expect((await row(id)).body).toBe('The first words');
  });

  it('refuses invalid values, and keeps the text', async () => {
    const { id } = await newPost();
    const long = 'x'.repeat(20_001);
    const tooLong = await ada.client.post(`/p/${id}/edit`, { body: long });
    expect(tooLong.status).toBe(400);
    expect(tooLong.$('#body').text().trim()).toBe(long);
    const reason = await ada.client.post(`/p/${id}/edit`, { body: 'x', reason: 'y'.repeat(201) });
    expect(reason.$('#reason-error').length).toBe(1);
    await setPost(id, { state: 'hidden' });
    expect((await ada.client.get(`/p/${id}/edit`)).status).toBe(404);
    const hidden = await ada.client.post(`/p/${id}/edit`, { body: 'Kept text' });
    expect(hidden.status).toBe(422);
    expect(hidden.$('#body').text().trim()).toBe('Kept text');
    expect((await kofi.client.get(`/p/${id}/revisions`)).status).toBe(404);

    const loud = await addMember(causeway, 'loud');
    const own = await addPost(causeway, loud, (await row(id)).threadId, 'Loud words');
    const { users } = await import('~db/schema');
    await causeway.app.db.write((tx) =>
      tx
        .update(users)
        .set({ suspendedUntil: causeway.clock.now() + DAY })
        .where(eq(users.id, loud.id)),
    );
    expect((await loud.client.get(`/p/${own}/edit`)).status).toBe(404);
    const suspended = await loud.client.post(`/p/${own}/edit`, { body: 'Louder' });
    expect(suspended.status).toBe(422);
    expect(suspended.$('#body').text().trim()).toBe('Louder');
  });

  it('shows a preview and stores nothing', async () => {
    const { id } = await newPost();
    const form = { body: '*Softly*', country: 'NG', revision: '1', preview: '1' };
    const sent = await ada.client.post(`/p/${id}/edit`, form);
    expect(sent.status).toBe(200);
    expect(sent.$('.preview em').text()).toBe('Softly');
    expect(sent.$('input[name=revision]').attr('value')).toBe('1');
    expect((await row(id)).body).toBe('The first words');
  });

  it('lets a moderator hide a former version, under a rule', async () => {
    const { id } = await newPost('My number is 555-1234');
    later();
    await ada.client.post(`/p/${id}/edit`, { body: 'My number is gone' });
    const path = `/p/${id}/revisions`;
    expect((await kofi.client.post(path, { number: '1', reason: 'privacy' })).status).toBe(404);
    const form = (await host.client.get(path)).$('.revisions form');
    expect(form.length).toBe(1);
    const rule = form.find('option').first().attr('value') ?? '';
    expect((await host.client.post(path, { number: '1', reason: rule })).status).toBe(303);
    expect((await host.client.post(path, { number: '2', reason: rule })).status).toBe(404);
    for (const who of [causeway.client(), ada.client]) {
      const { text, $ } = await who.get(path);
      expect(text).not.toContain('555-1234');
      expect($('.revisions del').length).toBe(0);
      expect($('.revisions .notice').text()).toContain('withheld');
    }
    expect((await host.client.get(path)).text).toContain('555-1234');
    await host.client.post(path, { number: '1', reason: '' });
    expect((await causeway.client().get(path)).text).toContain('555-1234');
  });
});

describe('deleting', () => {
  it('asks for confirmation, and leaves a placeholder with the same URL', async () => {
    const { id, path } = await newPost('Words to regret');
    const { threadId } = await row(id);
    const reply = await addPost(causeway, kofi, threadId, 'I answer', {
      parentId: id,
      replyToId: id,
    });
    const ask = await ada.client.get(`/p/${id}/delete`);
    expect(ask.$('form[method=post] button.danger').length).toBe(1);
    expect((await row(id)).state).toBe('visible');

    const sent = await ada.client.post(`/p/${id}/delete`);
    expect(sent.status).toBe(303);
    expect(sent.location).toBe(`${path}#p-${id}`);
    for (const at of [path, '/', '/feed.xml', `/u/ada`, `/t/${threadId}/feed.xml`]) {
      expect((await causeway.client().get(at)).text, at).not.toContain('Words to regret');
    }
    const page = await causeway.client().get(path);
    expect(page.$(`#p-${id}`).text()).toContain('Deleted by its author');
    expect(page.$(`#p-${id} a`).length).toBe(0);
    expect(page.$(`#p-${reply}`).text()).toContain('I answer');
    expect((await causeway.client().get(`/p/${id}`)).location).toBe(`${path}#p-${id}`);
    for (const what of ['edit', 'delete', 'revisions', 'flag', 'face']) {
      expect((await kofi.client.get(`/p/${id}/${what}`)).status, what).toBe(404);
    }
    const answer = await kofi.client.post(`/t/${threadId}`, { body: 'To nobody', replyTo: id });
    expect(answer.status).toBe(422);
    expect((await ada.client.post(`/p/${id}/delete`)).status).toBe(303);
  });

  it('keeps the position of a deleted reply too', async () => {
    const { id, path } = await newPost();
    const reply = await addPost(causeway, kofi, (await row(id)).threadId, 'A reply to regret', {
      parentId: id,
      replyToId: id,
    });
    await kofi.client.post(`/p/${reply}/delete`);
    const { $, text } = await causeway.client().get(path);
    expect(text).not.toContain('A reply to regret');
    expect($(`.replies #p-${reply}`).text()).toContain('Deleted by its author');
  });

  it('can be undone for 30 days by its author only, then the text is erased', async () => {
    const { id, path } = await newPost('Kept for a month');
    later();
    await ada.client.post(`/p/${id}/edit`, { body: 'Kept for a month, edited' });
    await ada.client.post(`/p/${id}/delete`);
    expect((await ada.client.get(path)).$(`#p-${id} a`).attr('href')).toBe(`/p/${id}/delete`);
    expect((await ada.client.get(`/p/${id}/delete`)).text).toContain('Kept for a month, edited');
    expect((await kofi.client.post(`/p/${id}/delete`, { restore: '1' })).status).toBe(404);
    expect((await ada.client.post(`/p/${id}/delete`, { restore: '1' })).status).toBe(303);
    expect((await causeway.client().get(path)).text).toContain('Kept for a month, edited');

    await ada.client.post(`/p/${id}/delete`);
    later(29 * DAY);
    await runJobs(causeway.app);
    expect((await row(id)).body).toBe('Kept for a month, edited');
    later(DAY);
    await runJobs(causeway.app);
    expect(await row(id)).toMatchObject({ state: 'deleted', body: '', html: '', excerpt: '' });
    expect(await kept(id)).toEqual([]);
    expect((await ada.client.get(`/p/${id}/delete`)).status).toBe(404);
    expect((await causeway.client().get(path)).$(`#p-${id}`).length).toBe(1);
  });

  it('restores the former state: a hidden post stays hidden', async () => {
    const { id, path } = await newPost('Hidden words');
    await setPost(id, { state: 'hidden' });
    expect((await ada.client.post(`/p/${id}/delete`)).location).toBe(`/p/${id}/delete`);
    expect((await causeway.client().get(path)).$(`#p-${id}`).length).toBe(0);
    await ada.client.post(`/p/${id}/delete`, { restore: '1' });
    expect((await row(id)).state).toBe('hidden');
    expect((await causeway.client().get(path)).text).not.toContain('Hidden words');
  });

  it('takes a held post out of the queue, and back into it', async () => {
    const { id } = await newPost();
    const held = await addPost(causeway, ada, (await row(id)).threadId, 'Held', { state: 'held' });
    const open = async () =>
      (await causeway.app.db.reader.select().from(cases).where(eq(cases.postId, held))).filter(
        ({ closedAt }) => closedAt === null,
      ).length;
    expect(await open()).toBe(1);
    await ada.client.post(`/p/${held}/delete`);
    expect(await open()).toBe(0);
    await ada.client.post(`/p/${held}/delete`, { restore: '1' });
    expect(await open()).toBe(1);
    expect((await row(held)).state).toBe('held');
  });

  it('of an opening post deletes the thread only if there are no replies', async () => {
    later();
    const lonely = await addThread(causeway, ada, 'Nobody has answered me');
    await ada.client.post(`/p/${lonely.openingId}/delete`);
    const path = `/t/${lonely.id}/${lonely.slug}`;
    expect((await causeway.client().get(path)).status).toBe(404);
    expect((await causeway.client().get('/threads')).text).not.toContain(lonely.slug);
    expect((await ada.client.get(path)).status).toBe(200);

    const busy = await addThread(causeway, ada, 'Somebody has answered me');
    const answer = await addPost(causeway, kofi, busy.id, 'An answer');
    await ada.client.post(`/p/${busy.openingId}/delete`);
    const { $, status } = await causeway.client().get(`/t/${busy.id}/${busy.slug}`);
    expect(status).toBe(200);
    expect($('h1').text()).toBe('Somebody has answered me');
    expect($(`#p-${busy.openingId}`).text()).toContain('Deleted by its author');
    expect($(`#p-${answer}`).text()).toContain('An answer');
  });

  it('does not count me-toos of a deleted post', async () => {
    const { id, path } = await newPost('Faced by some');
    await kofi.client.post(`/p/${id}/face`, { on: '1' });
    await ada.client.post(`/p/${id}/delete`);
    const marks = await causeway.app.db.reader.select().from(meToos).where(eq(meToos.postId, id));
    expect(marks.length).toBe(1);
    expect((await causeway.client().get(path)).text).not.toContain('face this too');
  });
});

describe.skipIf(!hasBrowser)('in a browser without JavaScript', () => {
  it('edits, and shows what changed', async () => {
    const { id, path } = await newPost('The library opens at nine.');
    later();
    const browser = await launchBrowser();
    try {
      const context = await openContext(browser);
      await context.addCookies(ada.client.cookiesForBrowser());
      const page = await context.newPage();
      await page.goto(causeway.url + path);
      await page.click(`#p-${id} a[href$="/edit"]`);
      await page.fill('#body', 'The library opens at ten.');
      await page.fill('#reason', 'New hours');
      await page.click('button.primary');
      await page.click(`#p-${id} a[href$="/revisions"]`);
      expect(await page.locator('ins').innerText()).toContain('ten');
      expect(await page.locator('del').innerText()).toContain('nine');
      expect(await page.locator('.revisions').innerText()).toContain('Reason: New hours');
    } finally {
      await browser.close();
    }
  });
});
