import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveDraft } from '~/domain/forum/drafts/drafts';
import { DAY } from '~/platform/clock';
import { countUse } from '~/platform/rate-limits/limiter';
import { runStatement } from '~db/dialect';
import { users } from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import type { Client } from './support/client';
import { addMember, addPost, addThread, type Member } from './support/community';
import { statementsOf } from './support/queries';

const ENV = { HOLD_FIRST_POSTS: '0', DIGEST_MIN_AUTHORS: '3' };

let causeway: TestCauseway;
/** The same installation, served by a second program. */
let neighbour: TestCauseway;
let ada: Member;
let thread: { id: string; slug: string; openingId: string; path: string };
let elsewhere: typeof thread;

beforeAll(async () => {
  causeway = await startTestCauseway(ENV);
  neighbour = await startTestCauseway(
    { ...ENV, DATABASE_URL: causeway.config.databaseUrl },
    causeway.clock,
  );
  ada = await addMember(causeway, 'ada');
  thread = await addThread(causeway, ada, 'Who keeps the lights on?', { country: 'NG' });
  elsewhere = await addThread(causeway, ada, 'Which forms are lost?');
});

afterAll(async () => {
  await neighbour?.close();
  await causeway?.close();
});

/**
 * A visitor with an invalid session cookie: sees the same pages, but they are not served from the
 * cache.
 */
function unshared(): Client {
  const client = causeway.client();
  client.cookies.set('causeway_session', 'opens-nothing');
  return client;
}

const tagOf = async (path: string, from = causeway) =>
  (await from.client().get(path)).headers.get('ETag') ?? 'none';

const again = (path: string, tag: string, from = causeway) =>
  from.client().get(path, { 'If-None-Match': tag });

const KINDS = () => [
  ...['/', '/threads', '/threads?sort=top', '/search?q=lights', '/barriers', '/digests'],
  ...['/barriers.json', '/barriers.csv', '/api/v1/barriers', '/moderation', '/digests/world'],
  ...['/regions/011', '/countries/NG', '/pillars/policy', '/barriers/kinds/cost', '/u/ada'],
  ...[
    '/about',
    '/rules',
    '/privacy',
    '/glossary',
    '/accessibility',
    '/feed.xml',
    '/regions/011/feed.xml',
  ],
  ...['/digests/feed.xml', '/sitemap.xml', '/api/v1/threads', '/api/v1/digests'],
  ...[thread.path, `${thread.path}?replyTo=${thread.openingId}`, `/t/${thread.id}/feed.xml`],
  `/api/v1/threads/${thread.id}`,
  `/p/${thread.openingId}/whole`,
  ...[`/embed/t/${thread.id}?language=fr&theme=dark`, '/embed/regions/011'],
];

describe('a page that visitors share', () => {
  it('is byte for byte the same as a new one, at any later time of the day', async () => {
    for (const path of KINDS()) {
      const first = await causeway.client().get(path);
      expect(first.status, path).toBe(200);
      expect(first.headers.get('ETag'), path).toMatch(/^W\/"/);
      expect(first.headers.get('Cache-Control'), path).toBe('public, no-cache');
      expect(first.headers.get('Vary'), path).toBe(
        path.startsWith('/embed/')
          ? 'Accept-Encoding, Accept-Language, Referer, Sec-Fetch-Site'
          : 'Accept-Encoding, Accept-Language, Cookie',
      );
      expect(first.headers.getSetCookie(), path).toEqual([]);
      expect(first.$('input[name=key]').length, path).toBe(0);
      causeway.clock.advance(3_600_000);
      const second = await causeway.client().get(path);
      expect(second.headers.get('ETag'), path).toBe(first.headers.get('ETag'));
      expect(second.text, path).toBe((await unshared().get(path)).text);
      causeway.clock.advance(-3_600_000);
    }
  });

  it('costs a return visit only one request', async () => {
    for (const path of KINDS()) {
      const answer = await again(path, await tagOf(path));
      expect(answer.status, path).toBe(304);
      expect(answer.text, path).toBe('');
    }
  });

  it('has the requested compression and language', async () => {
    const plain = await causeway.client().get(thread.path, { 'Accept-Encoding': 'identity' });
    for (const encoding of ['br', 'gzip', 'br', 'gzip']) {
      const packed = await causeway.client().get(thread.path, { 'Accept-Encoding': encoding });
      expect(packed.headers.get('Content-Encoding')).toBe(encoding);
      expect(packed.text).toBe(plain.text);
    }
    const french = await causeway.client().get(thread.path, { 'Accept-Language': 'fr' });
    expect(french.$('html').attr('lang')).toBe('fr');
    const chosen = causeway.client();
    chosen.cookies.set('causeway_language', 'ar');
    expect((await chosen.get(thread.path)).$('html').attr('lang')).toBe('ar');
    expect((await causeway.client().get(thread.path)).$('html').attr('lang')).toBe('en');
    const tag = await tagOf(thread.path);
    const other = await again(thread.path, tag);
    expect(other.status).toBe(304);
    const inFrench = await causeway
      .client()
      .get(thread.path, { 'If-None-Match': tag, 'Accept-Language': 'fr' });
    expect(inFrench.status).toBe(200);
  });

  it('responds to HEAD with the same headers and no body', async () => {
    const page = await fetch(causeway.url + thread.path);
    const head = await fetch(causeway.url + thread.path, { method: 'HEAD' });
    expect(await head.text()).toBe('');
    expect(head.headers.get('Content-Length')).toBe(page.headers.get('Content-Length'));
    expect(head.headers.get('ETag')).toBe(page.headers.get('ETag'));
    expect(head.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    expect(head.headers.get('X-Request-Id')).not.toBe(page.headers.get('X-Request-Id'));
  });

  it('is shared again once the database answers again', async () => {
    const rename = (from: string, to: string) => {
      const statement = `alter table cache_tags rename column ${from} to ${to}`;
      return causeway.app.db.write((tx) => runStatement(tx, sql.raw(statement)));
    };
    const path = `${elsewhere.path}?part=2`;
    await rename('tag', 'tag_gone');
    try {
      await causeway.client().get(path);
    } finally {
      await rename('tag_gone', 'tag');
    }
    expect(await tagOf(path)).toMatch(/^W\/"/);
  });

  it('is made once for many simultaneous requests', async () => {
    await addPost(causeway, ada, thread.id, 'a flood');
    const pages = await Promise.all(
      Array.from({ length: 20 }, () => causeway.client().get(thread.path)),
    );
    expect(new Set(pages.map(({ text }) => text)).size).toBe(1);
    expect(pages[0]?.text).toContain('a flood');
  });
});

describe('is never stale', () => {
  it('after a reply, in the thread, in lists and in feeds, in both processes', async () => {
    const paths = [thread.path, '/', '/threads', '/feed.xml', `/t/${thread.id}/feed.xml`];
    const tags = new Map<string, string>();
    for (const path of paths) tags.set(path, await tagOf(path));
    for (const path of paths) expect(await tagOf(path, neighbour)).toBe(tags.get(path));
    const form = { body: 'The pump needs the same line.' };
    expect((await ada.client.post(`/t/${thread.id}`, form)).status).toBe(303);
    for (const path of paths) {
      for (const program of [causeway, neighbour]) {
        const page = await program.client().get(path);
        expect(page.text, path).toBe((await unshared().get(path)).text);
        // The list counts people, and Ada had already posted in the thread.
        const same = path === '/threads';
        const status = (await again(path, tags.get(path) ?? '', program)).status;
        expect(status, path).toBe(same ? 304 : 200);
      }
    }
    expect((await neighbour.client().get(thread.path)).text).toContain('The pump needs');
  });

  it('after "I face this too" and after an edit', async () => {
    const id = await addPost(causeway, ada, thread.id, 'No diesel since Monday.');
    const bo = await addMember(causeway, 'bo', { country: 'KE' });
    const before = await tagOf(thread.path);
    expect((await bo.client.post(`/p/${id}/face`, { on: '1' })).status).toBe(303);
    const faced = await again(thread.path, before);
    expect(faced.status).toBe(200);
    const edited = await ada.client.post(`/p/${id}/edit`, { body: 'No diesel since Tuesday.' });
    expect(edited.status).toBe(303);
    expect((await causeway.client().get(thread.path)).text).toContain('since Tuesday');
  });

  it('in another thread, where it counts who faces the same barrier', async () => {
    const [bilal, chidi, dele] = await Promise.all(
      ['bilal', 'chidi', 'dele'].map((handle) => addMember(causeway, handle, { country: 'NG' })),
    );
    const mona = await addMember(causeway, 'mona', { role: 'moderator' });
    const facts = { country: 'NG', region: '011' } as const;
    const one = await addThread(causeway, ada, 'Who can pay?');
    const other = await addThread(causeway, ada, 'Who cannot?');
    const here = await addPost(
      causeway,
      bilal as Member,
      one.id,
      'The bank declines my card each time I pay for the tool.',
      facts,
    );
    const there = await addPost(
      causeway,
      chidi as Member,
      other.id,
      'Foreign shops take no bank card that is issued here.',
      facts,
    );
    const sorting = {
      ...{ act: 'sort', region: '011', [`choice.${here}`]: `post:${there}` },
      [`kind.${here}`]: 'cost',
    };
    expect((await mona.client.post('/mod/key-points', sorting)).status).toBe(303);
    // The thread links to the key point, whose page counts its people.
    const line = async (program: TestCauseway, path: string) => {
      const { $ } = await program.client().get(path);
      const link = $('p > a[href^="/key-points/"]').attr('href');
      if (!link) return '';
      const page = await program.client().get(link);
      expect(page.headers.get('Cache-Control'), link).toBe('public, no-cache');
      return page.$('main').text();
    };
    const shown = async (text: string) => {
      for (const { path } of [one, other]) {
        expect(await line(causeway, path)).toContain(text);
        expect(await line(neighbour, path)).toContain(text);
      }
    };
    await shown('2 people reported it');
    await dele?.client.post(`/p/${there}/face`, { on: '1' });
    await shown('2 people reported it; 1 more faces it too, worldwide');
    await dele?.client.post(`/p/${there}/face`, { on: '0' });
    await shown('2 people reported it');
    // A hidden post leaves nothing behind, and nobody else reports what is left.
    await mona.client.post(`/mod/posts/${there}`, { action: 'hide', reason: 'spam' });
    await shown('');
    expect((await causeway.client().get(one.path)).text).not.toContain('/key-points/');
  });

  it('after a person changed their name, which may be on any page', async () => {
    const tag = await tagOf(elsewhere.path);
    await causeway.app.db.write((tx) =>
      tx.update(users).set({ name: 'Ada Obi' }).where(eq(users.id, ada.id)),
    );
    const page = await again(elsewhere.path, tag);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Ada Obi');
  });

  it('on another day, if it is about the last 90 days', async () => {
    const about = await tagOf('/about');
    const barriers = await tagOf('/barriers');
    causeway.clock.advance(DAY);
    expect((await again('/about', about)).status).toBe(304);
    expect((await again('/barriers', barriers)).status).toBe(200);
    causeway.clock.advance(-DAY);
  });

  it('after something new was created', async () => {
    const path = `/t/00000000000000000000000000/nothing`;
    expect((await causeway.client().get(path)).status).toBe(404);
    expect((await again(path, '*')).status).toBe(404);
    const moved = await causeway.client().get(`/t/${thread.id}/an-old-name`);
    expect(moved.status).toBe(301);
    expect(moved.headers.get('ETag')).toBeNull();
  });
});

describe('an address', () => {
  it('leads to the same page with any parameters that the page does not read', async () => {
    for (const path of KINDS()) {
      const page = await causeway.client().get(path);
      const more = path + (path.includes('?') ? '&' : '?');
      for (const query of ['utm_source=x', 'x=1&x=2&%ff', '__proto__=1&']) {
        const answer = await again(more + query, page.headers.get('ETag') ?? 'none');
        expect(answer.status, more + query).toBe(304);
      }
    }
  });

  it('leads to another page by every parameter that is read, in any order', async () => {
    await addPost(causeway, ada, thread.id, 'Sans courant.', { language: 'fr', country: 'SN' });
    const differing = [
      ['/threads', 'country=KE', 'sort=new', 'language=fr'],
      ['/search?q=lights', 'country=KE', 'author=nobody', 'q=pump'],
      ['/barriers', 'region=011', 'kind=cost', 'from=2026-10'],
      [thread.path, 'sort=newest', 'language=fr', `replyTo=${thread.openingId}`],
      ['/api/v1/threads', 'limit=1'],
    ];
    for (const [path = '', ...queries] of differing) {
      const { text } = await causeway.client().get(path);
      for (const query of queries) {
        const other = `${path.split('?', 1)[0]}?${query}`;
        const page = await causeway.client().get(other);
        expect(page.text, other).not.toBe(text);
        expect(page.text, other).toBe((await unshared().get(other)).text);
      }
    }
    const one = await tagOf('/threads?sort=new&country=NG');
    expect(await tagOf('/threads?country=NG&sort=new')).toBe(one);
  });
});

/** Serving a stored page takes one statement: whether it is still up to date. */
const look =
  (path: string, encoding = 'gzip') =>
  () =>
    causeway.client().get(path, { 'Accept-Encoding': encoding });

describe('is kept', () => {
  it('when the changed data are on no page', async () => {
    const { app } = causeway;
    await look(thread.path)();
    await countUse(app, 'flag', ada.id);
    await app.db.write((tx) =>
      saveDraft(tx, app.clock, ada.id, thread.id, { body: ['half a thought'] }, undefined),
    );
    await addPostOfNobody();
    expect(await statementsOf(look(thread.path))).toBe(1);
  });

  it('for all who get it in the same language, whatever else they read', async () => {
    const inTheirs = (wished: string) => () =>
      causeway.client().get('/threads', { 'Accept-Language': wished });
    await inTheirs('fr')();
    for (const wished of ['fr-CA, de;q=0.9, en;q=0.5', 'ln, fr, ar', 'fr-FR'])
      expect(await statementsOf(inTheirs(wished)), wished).toBe(1);
    const chosen = causeway.client();
    chosen.cookies.set('causeway_language', 'fr');
    expect(await statementsOf(() => chosen.get('/threads', { 'Accept-Language': 'ar' }))).toBe(1);
  });

  it('however large it is', async () => {
    const large = await addThread(causeway, ada, 'Who reads all of it?');
    const html = `<p>${'<a href="https://example.org/">a</a> '.repeat(20_000)}</p>`;
    const id = await addPost(causeway, ada, large.id, 'Many links.', { html });
    const path = `/p/${id}/whole`;
    for (const encoding of ['identity', 'br']) {
      const page = await look(path, encoding)();
      expect(page.text.length).toBeGreaterThan(700_000);
      expect(await statementsOf(look(path, encoding))).toBe(1);
    }
  });

  it('when there is a new post in another thread', async () => {
    for (const path of [thread.path, '/threads']) await look(path)();
    const form = { body: 'All of them.' };
    expect((await ada.client.post(`/t/${elsewhere.id}`, form)).status).toBe(303);
    expect(await statementsOf(look(thread.path))).toBe(1);
    expect(await statementsOf(look('/threads'))).toBeGreaterThan(1);
  });
});

/** A transaction that is rolled back does not invalidate pages. */
async function addPostOfNobody(): Promise<void> {
  const failing = causeway.app.db.write(async (tx) => {
    await tx.update(users).set({ name: 'Nobody' });
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
}

describe('a response for one person', () => {
  it('is private, has no ETag and is never sent to others', async () => {
    const own = await ada.client.get(thread.path);
    expect(own.headers.get('Cache-Control')).toBe('private, no-cache');
    expect(own.headers.get('ETag')).toBeNull();
    expect(own.text).toContain('/logout');
    expect((await causeway.client().get(thread.path)).text).not.toContain('/logout');
    const known = await ada.client.get(thread.path, { 'If-None-Match': await tagOf(thread.path) });
    expect(known.status).toBe(200);
    expect(known.text).toContain('/logout');
  });

  it('has a new key in each form every time', async () => {
    const keys = await Promise.all(
      [1, 2].map(async () => (await ada.client.get(thread.path)).$('input[name=key]').val()),
    );
    expect(new Set(keys).size).toBe(2);
  });
});

it('counts a form of visitors once, even after a login in another tab', async () => {
  const { $ } = await causeway.client().get(thread.path);
  const marks = $('#reply input[type=hidden]').map((_, e) => [[$(e).attr('name'), $(e).val()]]);
  const fields = { ...Object.fromEntries(marks.get()), body: 'Sent twice in haste.' };
  const sent = [
    await ada.client.post(`/t/${thread.id}`, fields),
    await ada.client.post(`/t/${thread.id}`, fields),
  ];
  expect(sent.map(({ status }) => status)).toEqual([303, 303]);
  expect(sent[0]?.location).toBe(sent[1]?.location);
});
