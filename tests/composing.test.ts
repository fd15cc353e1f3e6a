import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '~/platform/clock';
import { cases, meToos, notifications, posts, threadWatches } from '~db/schema';
import { hasBrowser, launchBrowser, openContext } from './support/browser';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addPost, addThread, type Member } from './support/community';
import { queriesOf } from './support/queries';

let causeway: TestCauseway;
let ada: Member;
let kofi: Member;
let host: Member;

beforeAll(async () => {
  causeway = await startTestCauseway();
  ada = await addMember(causeway, 'ada');
  kofi = await addMember(causeway, 'kofi');
  host = await addMember(causeway, 'host', { role: 'moderator' });
  const elsewhere = await addThread(causeway, host, 'Where they have posted before');
  for (const one of [ada, kofi]) await addPost(causeway, one, elsewhere.id, 'Hello');
});
afterAll(() => causeway.close());

const later = (ms = 15 * MINUTE) => causeway.clock.advance(ms);

async function fresh(): Promise<{ id: string; path: string; openingId: string }> {
  later();
  const thread = await addThread(causeway, host, 'A thread to talk in');
  return { ...thread, path: `/t/${thread.id}/${thread.slug}` };
}

describe('mentioning a person', () => {
  const told = async (person: Member, postId: string) =>
    (
      await causeway.app.db.reader
        .select({ kind: notifications.kind })
        .from(notifications)
        .where(and(eq(notifications.userId, person.id), eq(notifications.postId, postId)))
    ).map(({ kind }) => kind);

  async function say(who: Member, threadId: string, body: string): Promise<string> {
    const sent = await who.client.post(`/t/${threadId}`, { body });
    expect(sent.status).toBe(303);
    return sent.location?.split('#p-')[1] ?? '';
  }

  it('links to the profile and notifies them once', async () => {
    const { id, path } = await fresh();
    const post = await say(ada, id, 'Ask @Kofi, not @nobody; @kofi knows. Nor mail@kofi.example.');
    const { $ } = await causeway.client().get(path);
    const links = $(`#p-${post} .prose a[href="/u/kofi"]`);
    expect(links.toArray().map((link) => $(link).text())).toEqual(['@Kofi', '@kofi']);
    expect($(`#p-${post} .prose a[href^="/u/"]`).length).toBe(2);
    expect(await told(kofi, post)).toEqual(['mention']);
    expect((await kofi.client.get('/notifications')).text).toContain('mentioned you');
    expect(await told(ada, post)).toEqual([]);
  });

  it('does not apply in code, links and quotations', async () => {
    const { id, path } = await fresh();
    const body =
      '`@kofi` [@kofi](https://a.example)\n\n> @kofi said\n\n```\n@kofi\n```\n\n@kofi@a.example';
    const post = await say(ada, id, body);
    const { $ } = await causeway.client().get(path);
    expect($(`#p-${post} a[href="/u/kofi"]`).length).toBe(0);
    expect(await told(kofi, post)).toEqual([]);
  });

  it.each([
    ...[
      '`npm i` @kofi/node',
      '@kofi/node',
      '@kofi.bsky.social',
      'x@kofi.example',
      '@kofi@a.example',
    ],
    ...['@kofi:matrix.example', 'see https://a.example/@kofi', 'a.example/@kofi', '@ada-kofi/run'],
    ...['@kofi-run/node', '@kofi_run/node', '@kofi--run/node', '@kofi/*', '@kofi/ with all in it'],
    ...[
      '@kofi-run.bsky.social',
      '@kofi.भारत',
      '@kofi。example',
      '@kofi\u200f.example',
      '@kofi\\/node',
    ],
    ...['curl -F file=@kofi', '@kofi()', '@kofi({ a: 1 })'],
    ...['@kofi-谢谢', '@kofi_谢谢', 'a@kofi谢谢'],
    ...['npm i x@kofi', '@kofi-run', '@x@kofi.example', '\u200b@kofi@a.example'],
  ])('means nobody in %s', async (text) => {
    const { id } = await fresh();
    const post = await say(ada, id, `What of ${text} then?`);
    expect(await told(kofi, post)).toEqual([]);
  });

  it.each([
    '@kofi.',
    '@kofi, yes',
    '请问@kofi，谢谢',
    '@kofi谢谢',
    ...['@kofi：你好', '@kofi:你好', '谢谢@kofi。我们也一样', '@kofiさん、', 'ถาม @kofi:ครับ'],
    '@kofi谢谢你一直以来给我们学校的所有老师和学生的那么多热心帮助和支持',
    'ถาม@kofiครับ',
    'ถาม@kofi',
    '(@kofi)',
    '“@kofi”',
    '@kofi: look',
    '@kofi/@ada',
    '@kofi’s',
  ])('means kofi in %s', async (text) => {
    const { id } = await fresh();
    const post = await say(ada, id, `Ask ${text}`);
    expect(await told(kofi, post)).toEqual(['mention']);
  });

  it('cannot be forged by a link, nor break the page', async () => {
    const { id, path } = await fresh();
    const post = await say(ada, id, '[@kofi](/u/kofi) <a href="/u/kofi">@x</a> "@kofi"&@kofi;');
    const { $ } = await causeway.client().get(path);
    const hrefs = $(`#p-${post} .prose a`)
      .toArray()
      .map((link) => $(link).attr('href'));
    expect(new Set(hrefs)).toEqual(new Set(['/u/kofi']));
    expect($(`#p-${post} .prose`).text()).toContain('<a href="/u/kofi">');
  });

  it('notifies at most ten people, each once, and nobody who muted the thread', async () => {
    const { id } = await fresh();
    const crowd: Member[] = [];
    for (let n = 10; n < 22; n++) crowd.push(await addMember(causeway, `crowd${n}`));
    const [first] = crowd;
    if (!first) throw new Error('no crowd');
    await causeway.app.db.write((tx) =>
      tx
        .insert(threadWatches)
        .values({ userId: first.id, threadId: id, state: 'muted', createdAt: 0 }),
    );
    const post = await say(ada, id, crowd.map(({ handle }) => `@${handle}`).join(' '));
    const kinds = await Promise.all(crowd.map((person) => told(person, post)));
    expect(kinds.map((list) => list.length)).toEqual([0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0]);

    const before = await say(kofi, id, 'What do you think?');
    const sent = await ada.client.post(`/t/${id}`, { body: 'Like @kofi', replyTo: before });
    expect(await told(kofi, sent.location?.split('#p-')[1] ?? '')).toEqual(['reply']);
  });

  it('notifies only newly mentioned people after an edit', async () => {
    const { id } = await fresh();
    const post = await say(ada, id, 'Thanks @kofi');
    await ada.client.post(`/p/${post}/edit`, { body: 'Thanks @kofi and @host!' });
    expect(await told(kofi, post)).toEqual(['mention']);
    expect(await told(host, post)).toHaveLength(1);
  });

  it('waits until a held post is let through', async () => {
    const { id } = await fresh();
    const shy = await addMember(causeway, 'shy');
    const sent = await shy.client.post(`/t/${id}`, { body: 'Hello @kofi' });
    const post = sent.location?.split('#p-')[1] ?? '';
    expect(await told(kofi, post)).toEqual([]);
    const [matter] = await causeway.app.db.reader
      .select()
      .from(cases)
      .where(eq(cases.postId, post));
    await host.client.post(`/mod/cases/${matter?.id}`, { action: 'approve', revision: '1' });
    expect(await told(kofi, post)).toEqual(['mention']);
  });
});

describe('quoting', () => {
  it('fills the form with the quotation and its author, without an address', async () => {
    const { id, path } = await fresh();
    const post = await addPost(causeway, kofi, id, 'One *thing*.\n\n> not mine\n\nAnother thing.');
    const choose = await ada.client.get(`/p/${post}/quote`);
    expect(choose.$('input[name=part]').length).toBe(2);
    const { $ } = await ada.client.get(`${path}?quote=${post}&part=1`);
    const text = $('#body').text();
    expect(text).toContain('> kofi wrote:');
    expect(text).not.toContain(causeway.config.origin);
    expect(text).toContain('> Another thing.');
    expect(text).not.toContain('One *thing*');
    expect($('input[name=replyTo]').attr('value')).toBe(post);
    const whole = await ada.client.get(`${path}?quote=${post}`);
    expect(whole.$('#body').text()).toContain('> One *thing*.\n>\n> Another thing.');
    expect(whole.$('#body').text()).not.toContain('not mine');
  });

  it('redirects at once if there is only one paragraph, and keeps a draft', async () => {
    const { id, path } = await fresh();
    const post = await addPost(causeway, kofi, id, 'All in one.');
    await ada.client.post(`/t/${id}`, { body: 'My draft', replyTo: post, save: '1' });
    const straight = await ada.client.get(`/p/${post}/quote`);
    expect(straight.status).toBe(303);
    expect(straight.location).toBe(`/t/${id}?quote=${post}#reply`);
    const text = (await ada.client.get(`${path}?quote=${post}`)).$('#body').text();
    expect(text.trim()).toMatch(/^My draft\n\n> kofi wrote:/);
  });

  it('shows no posts that the reader may not see, nor of another thread', async () => {
    const { id, path } = await fresh();
    const hidden = await addPost(causeway, kofi, id, 'Hidden words');
    await causeway.app.db.write((tx) =>
      tx.update(posts).set({ state: 'hidden' }).where(eq(posts.id, hidden)),
    );
    expect((await ada.client.get(`/p/${hidden}/quote`)).status).toBe(404);
    expect((await ada.client.get(`${path}?quote=${hidden}`)).text).not.toContain('Hidden words');
    const other = await fresh();
    const elsewhere = await addPost(causeway, kofi, other.id, 'Elsewhere');
    const { $ } = await ada.client.get(`${path}?quote=${elsewhere}`);
    expect($('#body').text().trim()).toBe('');
  });
});

describe('the order of contributions', () => {
  it('is by age, newest or most faced, each page at its own address', async () => {
    const { id, path } = await fresh();
    const ids: string[] = [];
    for (let n = 0; n < 25; n++) {
      causeway.clock.advance(1000);
      ids.push(await addPost(causeway, kofi, id, `Number ${n}`));
    }
    for (const who of [ada, host]) await who.client.post(`/p/${ids[7]}/face`, { on: '1' });
    await ada.client.post(`/p/${ids[22]}/face`, { on: '1' });
    const shown = async (query: string) => {
      const { $ } = await causeway.client().get(`${path}${query}`);
      return $('.contributions > li > .post')
        .toArray()
        .map((post) => ids.indexOf($(post).attr('id')?.slice(2) ?? ''));
    };
    expect((await shown('?sort=newest')).slice(0, 3)).toEqual([24, 23, 22]);
    expect(await shown('?sort=newest&page=2')).toEqual([4, 3, 2, 1, 0]);
    expect((await shown('?sort=most-faced')).slice(0, 4)).toEqual([7, 22, 0, 1]);
    expect((await shown('?sort=nonsense')).slice(0, 2)).toEqual([0, 1]);
    const { $ } = await causeway.client().get(`${path}?sort=newest&page=2`);
    expect($('link[rel=canonical]').attr('href')).toBe(causeway.config.origin + path);
    expect($('.pagination a[rel=prev]').attr('href')).toBe(`${path}?sort=newest`);
    expect($('nav a[aria-current=true][href*="sort=newest"]').length).toBe(1);
  });
});

describe('a thread of a thousand posts', () => {
  const statements = (who: Member | null, path: string) =>
    queriesOf(who?.client ?? causeway.client(), path);

  it('opens at any page with as many queries as one of twenty', async () => {
    const small = await fresh();
    const large = await fresh();
    const fill = async (threadId: string, n: number) => {
      const now = causeway.clock.now();
      const rows = Array.from({ length: n }, (_, at) => {
        // Every fifth is a reply to the one before.
        const parentId = at % 5 === 4 ? `${threadId}-${at - 1}` : null;
        return {
          ...{ id: `${threadId}-${at}`, threadId, authorId: kofi.id, state: 'visible' as const },
          ...{ body: `Post ${at}`, html: `<p>Post ${at}</p>`, excerpt: `Post ${at}` },
          ...{ language: 'en', parentId, replyToId: parentId, createdAt: now + at },
        };
      });
      const marks = rows.map(({ id }) => ({ postId: id, userId: ada.id, createdAt: 0 }));
      await causeway.app.db.write(async (tx) => {
        for (let at = 0; at < n; at += 100) {
          await tx.insert(posts).values(rows.slice(at, at + 100));
          await tx.insert(meToos).values(marks.slice(at, at + 100));
        }
      });
    };
    await fill(small.id, 20);
    await fill(large.id, 1000);
    for (const who of [null, ada]) {
      const few = await statements(who, small.path);
      expect(few).toBeGreaterThan(5);
      for (const query of ['', '?page=2', '?page=40', '?sort=newest&page=20', '?sort=most-faced']) {
        expect(await statements(who, large.path + query), query).toBe(few);
      }
    }
  }, 120_000);
});

describe.skipIf(!hasBrowser)('in a browser without JavaScript', () => {
  it('quotes a part of a post and answers', async () => {
    const { id, path } = await fresh();
    const post = await addPost(causeway, kofi, id, 'First part.\n\nSecond part.');
    const browser = await launchBrowser();
    try {
      const context = await openContext(browser);
      await context.addCookies(ada.client.cookiesForBrowser());
      const page = await context.newPage();
      await page.goto(causeway.url + path);
      await page.click(`#p-${post} .more summary`);
      await page.click(`#p-${post} a[href$="/quote"]`);
      await page.uncheck('input[value="0"]');
      await page.click('main button.primary');
      const text = await page.inputValue('#body');
      expect(text).not.toContain('First part');
      await page.fill('#body', `${text}I agree.`);
      await page.click('form.composer button.primary');
      // The answer is stored; what it is about is asked on a page of its own, and can be skipped.
      await page.waitForURL(/\/about/);
      await page.goto(causeway.url + path);
      const answer = page.locator('.replies .post .prose').last();
      expect(await answer.locator('blockquote').innerText()).toContain('Second part.');
      expect(await answer.innerText()).toContain('I agree.');
    } finally {
      await browser.close();
    }
  });
});
