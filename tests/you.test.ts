import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { posts } from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import type { Client } from './support/client';
import { addMember, addPost, addThread, type Member } from './support/community';

let causeway: TestCauseway;
let mona: Member;
let ada: Member;
let thread: { id: string; path: string; openingId: string };

beforeAll(async () => {
  causeway = await startTestCauseway();
  mona = await addMember(causeway, 'mona', { role: 'moderator' });
  ada = await addMember(causeway, 'ada');
  thread = await addThread(causeway, mona, 'What stands in the way');
});
afterAll(() => causeway.close());

const decide = (postId: string, fields: Record<string, string>) =>
  mona.client.post(`/mod/posts/${postId}`, fields);

/** The posts on the page, by what they say, with their state and what stands below. */
async function listed(client: Client, query = '') {
  const { $ } = await client.get(`/you${query}`);
  return Object.fromEntries(
    $('.written > li')
      .toArray()
      .map((row) => [
        $(row).find('.excerpt').text(),
        {
          state: $(row).find('.meta strong').text(),
          below: $(row).find('.quiet').text(),
          href: $(row).find('h3 a').attr('href') ?? '',
          decision: $(row).find('.quiet a').attr('href') ?? '',
        },
      ]),
  );
}

describe('one’s own page', () => {
  it('has posts in every state, each with its reason and the way on', async () => {
    const first = await ada.client.post(thread.path, { body: 'My first words' });
    expect(first.status).toBe(303);
    const open = await addPost(causeway, ada, thread.id, 'Open words');
    const hidden = await addPost(causeway, ada, thread.id, 'Hidden words');
    const held = await addPost(causeway, ada, thread.id, 'Words held back');
    const gone = await addPost(causeway, ada, thread.id, 'Deleted words');
    const other = await addThread(causeway, mona, 'A thread that goes');
    await addPost(causeway, ada, other.id, 'Words in a hidden thread');
    await decide(hidden, { action: 'hide', reason: 'off-topic', note: 'Not about the question.' });
    await decide(held, { action: 'hold', reason: 'private-data' });
    const hider = await addMember(causeway, 'musa', { role: 'administrator' });
    await hider.client.post(`/mod/posts/${other.openingId}`, { action: 'hide', reason: 'spam' });
    await ada.client.post(`/p/${gone}/delete`);

    const rows = await listed(ada.client);
    expect(rows['My first words']).toMatchObject({ state: 'Waiting for a moderator' });
    expect(rows['My first words']?.below).toContain('every new member’s first posts');
    expect(rows['Open words']).toEqual({
      ...{ state: 'Public', below: '', href: `/p/${open}`, decision: '' },
    });
    expect(rows['Hidden words']).toMatchObject({ state: 'Hidden by a moderator' });
    expect(rows['Hidden words']?.below).toContain('Not about the question.');
    expect(rows['Hidden words']?.below).toContain('Read why, and appeal');
    expect(rows['Words held back']).toMatchObject({ state: 'Waiting for a moderator' });
    expect(rows['Words held back']?.decision).toMatch(/^\/decisions\//);
    expect(rows['Deleted words']).toMatchObject({
      state: 'Deleted by you',
      href: `/p/${gone}/delete`,
    });
    expect(rows['Words in a hidden thread']).toMatchObject({
      ...{ state: 'In a thread that is not public', href: '' },
    });

    const statement = await ada.client.get(rows['Hidden words']?.decision ?? '');
    expect(statement.$('form#appeal').length).toBe(1);
    for (const { href } of Object.values(rows)) {
      if (href === '') continue;
      const { status } = await ada.client.get(href);
      expect([200, 303]).toContain(status);
    }
    const hiddenOnly = await listed(ada.client, '?state=hidden');
    expect(Object.keys(hiddenOnly)).toEqual(['Hidden words']);
    expect(Object.keys(await listed(ada.client, '?state=waiting')).sort()).toEqual([
      'My first words',
      'Words held back',
    ]);
  });

  it('has drafts, bookmarks, follows and decisions', async () => {
    const draft = { title: 'A draft of mine', body: 'Not yet', save: '1' };
    await ada.client.post('/threads/new', draft);
    await ada.client.post(`/p/${thread.openingId}/bookmark`, { on: '1' });
    await ada.client.post('/following', { action: 'follow', kind: 'region', code: '011' });
    const { $ } = await ada.client.get('/you');
    const aside = $('.page-aside');
    expect(aside.find(`a[href="/threads/new"]`).text()).toBe('A draft of mine');
    expect(aside.find(`a[href="/p/${thread.openingId}"]`).length).toBe(1);
    expect(aside.text()).toContain('1 topic or region');
    expect(aside.text()).toContain('1 draft');
    const decisions = aside.find('a[href^="/decisions/"]').toArray();
    expect(decisions.length).toBe(2);
    for (const link of decisions) {
      expect((await ada.client.get($(link).attr('href') ?? '')).status).toBe(200);
    }
  });

  it('leaves out no decision', async () => {
    const kofi = await addMember(causeway, 'kofi');
    for (let n = 0; n < 7; n++) {
      const post = await addPost(causeway, kofi, thread.id, `Words ${n}`);
      await decide(post, { action: 'hide', reason: 'off-topic' });
    }
    const { $ } = await kofi.client.get('/you');
    expect($('.page-aside a[href^="/decisions/"]').length).toBe(7);
    expect($('.page-aside details summary').text()).toBe('2 older decisions');
  });

  it('has no decision that was undone before its author was told', async () => {
    const bo = await addMember(causeway, 'bo');
    const post = await addPost(causeway, bo, thread.id, 'Hidden by mistake');
    await decide(post, { action: 'hide', reason: 'off-topic' });
    const before = await bo.client.get('/you');
    const decision = before.$('.page-aside a[href^="/decisions/"]').attr('href') ?? '';
    const page = await mona.client.get(
      (await mona.client.get(`/mod/posts/${post}`)).location ?? '',
    );
    const undoes = decision.split('/').at(-1) ?? '';
    const path = page.$('input[name=undoes]').closest('form').attr('action') ?? '';
    expect((await mona.client.post(path, { action: 'undo', undoes })).status).toBe(303);
    const after = await bo.client.get('/you');
    expect(after.$('.page-aside a[href^="/decisions/"]').length).toBe(0);
    expect(after.$('.written .meta strong').text()).toBe('Public');
    // Nor is it the reason why a post waits.
    await causeway.app.db.write((tx) =>
      tx.update(posts).set({ state: 'held' }).where(eq(posts.id, post)),
    );
    const waits = (await listed(bo.client))['Hidden by mistake'];
    expect(waits).toMatchObject({ state: 'Waiting for a moderator', decision: '' });
  });

  it('is private, kept nowhere, and leads nobody else to it', async () => {
    const nobody = await causeway.client().get('/you');
    expect(nobody.location).toContain('/login');
    const { headers, $ } = await ada.client.get('/you');
    expect(headers.get('Cache-Control')).toContain('no-store');
    expect($('meta[name=robots]').attr('content')).toContain('noindex');
    expect($('nav.account a[href="/you"]').length).toBe(1);
    const eve = await addMember(causeway, 'eve');
    expect((await eve.client.get('/you')).text).not.toContain('words');
  });

  it.each(['fr', 'ar'])('speaks %s', async (language) => {
    const { text, $ } = await ada.client.get('/you', { 'Accept-Language': language });
    expect($('html').attr('lang')).toBe(language);
    expect(text).not.toContain('Waiting for a moderator');
  });
});

describe('one’s own profile', () => {
  it('says that posts wait, to oneself alone', async () => {
    const ivy = await addMember(causeway, 'ivy');
    await ivy.client.post(thread.path, { body: 'The first words of Ivy' });
    const own = (await ivy.client.get('/u/ivy')).$('main');
    expect(own.text()).toContain('None of your posts is public yet');
    expect(own.find('.notice a[href="/you"]').length).toBe(1);
    expect(own.find('.notice').text()).toContain('cannot read 1 of your posts: see it');
    const hider = await addMember(causeway, 'hider', { role: 'moderator' });
    const gone = await addThread(causeway, mona, 'A thread that is hidden');
    await addPost(causeway, ivy, gone.id, 'Words that are hidden with it');
    await hider.client.post(`/mod/posts/${gone.openingId}`, { action: 'hide', reason: 'spam' });
    const { $ } = await ivy.client.get('/u/ivy');
    expect($('main .notice').text()).toContain('cannot read 2 of your posts');
    const { text } = await causeway.client().get('/u/ivy');
    expect(text).toContain('No public posts yet');
    expect(text).not.toContain('/you"');
  });
});
