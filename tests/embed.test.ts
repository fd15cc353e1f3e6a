import { readFileSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { posts } from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addPost, addThread, type Member, type PostFacts } from './support/community';

let causeway: TestCauseway;
let author: Member;
let thread: { id: string; slug: string };
let postId: string;

beforeAll(async () => {
  causeway = await startTestCauseway({ HOLD_FIRST_POSTS: '0', DIGEST_MIN_AUTHORS: '1' });
  author = await addMember(causeway, 'amina', { country: 'NG' });
  thread = await addThread(causeway, author, 'What stands in the way?');
  const place: PostFacts = { country: 'NG', region: '011', barriers: ['connectivity'] };
  postId = await addPost(causeway, author, thread.id, 'The power is cut at noon.', place);
});
afterAll(() => causeway.close());

describe('an embedded page', () => {
  it('loads no script, which its policy would forbid, if it is empty', async () => {
    const { status, $ } = await causeway.client().get('/embed/t/WRONG');
    expect(status).toBe(404);
    expect($('script, base').length).toBe(0);
  });

  it.each([
    ...['/embed/t/WRONG', '/embed/t/', '/embed/t/%', '/embed/t/a%00b', '/embed/regions/999'],
    ...['/embed/regions/', '/embed/nothing', '/embed/', '/embed/t/WRONG?part=1'],
  ])('keeps to its policy where there is an error: %s', async (path) => {
    const client = causeway.client();
    for (const answer of [await client.get(path), await client.post(path)]) {
      const { status, headers, $ } = answer;
      expect([404, 405], path).toContain(status);
      // A page with forms is never framed, and asks for nothing that its policy forbids.
      expect(headers.get('X-Frame-Options')).toBe('DENY');
      const policy = headers.get('Content-Security-Policy') ?? '';
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('script-src');
      expect($('script, base, style, [style], iframe, object, [onclick]').length).toBe(0);
      const loaded = $('link[rel=stylesheet], link[rel=icon], img').toArray();
      const addresses = loaded.map((one) => $(one).attr('href') ?? $(one).attr('src') ?? '');
      expect(addresses.filter((address) => !/^\/[^/]/.test(address))).toEqual([]);
    }
  });

  it.each([() => `/embed/t/${thread.id}`, () => '/embed/regions/011'])(
    'is the only page that may be framed, and knows no visitor',
    async (path) => {
      const { status, headers, $ } = await author.client.get(path());
      expect(status).toBe(200);
      expect(headers.get('Content-Security-Policy')).toContain('frame-ancestors *');
      expect(headers.get('X-Frame-Options')).toBeNull();
      expect(headers.getSetCookie()).toEqual([]);
      expect($('form, button, input').length).toBe(0);
      expect($('body').text()).not.toContain('amina@example.org');
      expect($('.masthead').length).toBe(0);
      expect($('base').attr('target')).toBe('_blank');

      const page = await author.client.get('/barriers');
      expect(page.headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'");
      expect(page.headers.get('X-Frame-Options')).toBe('DENY');
    },
  );

  it('leaves out hidden posts, and does not exist for private threads', async () => {
    const { db } = causeway.app;
    const paths = [`/embed/t/${thread.id}`, '/embed/regions/011', '/countries/NG'];
    for (const path of paths.slice(0, 1)) {
      expect((await author.client.get(path)).text).toContain('The power is cut');
    }
    await db.write((tx) => tx.update(posts).set({ state: 'hidden' }).where(eq(posts.id, postId)));
    // Its author still sees it in the thread; the embedded page shows only public posts.
    for (const path of paths) {
      const { text } = await author.client.get(path);
      expect(text, path).not.toContain('The power is cut');
      expect(text, path).not.toContain('1 person reported barriers');
    }
    await db.write((tx) => tx.update(posts).set({ state: 'visible' }).where(eq(posts.id, postId)));
    for (const path of ['/embed/t/none', '/embed/regions/999']) {
      const { status, headers } = await author.client.get(path);
      expect(status).toBe(404);
      expect(headers.get('X-Frame-Options')).toBe('DENY');
    }
  });

  it('is found by oEmbed from the page itself', async () => {
    const page = await causeway.client().get(`/t/${thread.id}/${thread.slug}`);
    const link = page.$('link[type="application/json+oembed"]').attr('href') ?? '';
    const answer = await causeway.client().get(link);
    expect(answer.status).toBe(200);
    const { html, ...rest } = JSON.parse(answer.text);
    expect(rest).toMatchObject({ version: '1.0', type: 'rich', title: 'What stands in the way?' });
    expect(html).toContain(`src="${causeway.config.origin}/embed/t/${thread.id}"`);
    const small = await causeway.client().get(`${link}&maxwidth=300`);
    expect(JSON.parse(small.text).width).toBe(300);
  });

  it.each([
    ['url=https%3A%2F%2Felsewhere.example%2Ft%2Fq1', 404],
    ['url=nothing', 400],
    ['format=xml&url=x', 501],
  ])('oEmbed answers %s with %i', async (query, status) => {
    expect((await causeway.client().get(`/oembed?${query}`)).status).toBe(status);
  });

  it('can be resized by a script of at most 1 kB that other sites can load', async () => {
    expect(readFileSync('public/embed.js').length).toBeLessThanOrEqual(1024);
    const { status, headers } = await causeway.client().get('/embed.js');
    expect(status).toBe(200);
    expect(headers.get('Cross-Origin-Resource-Policy')).toBe('cross-origin');
  });
});

describe('a place, a kind and a pillar', () => {
  it.each(['/countries/NG', '/regions/011', '/barriers/kinds/connectivity'])(
    '%s shows the number of people, the dates, and further links',
    async (path) => {
      const { status, $ } = await causeway.client().get(path);
      expect(status).toBe(200);
      const said = $('section[aria-labelledby=standing]');
      expect(said.text()).toContain('1 person reported barriers.');
      expect(said.text()).toContain('since 2 November 2026');
      expect(said.find('a[href^="/barriers?"]').length).toBe(1);
    },
  );

  it('has one address', async () => {
    const { status, location } = await causeway.client().get('/countries/ng');
    expect([status, location]).toEqual([301, '/countries/NG']);
    expect((await causeway.client().get('/countries/XX')).status).toBe(404);
    expect((await causeway.client().get('/barriers/kinds/magic')).status).toBe(404);
  });
});
