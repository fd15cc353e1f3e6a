import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { posts, threads as threadTable } from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addPost, addThread, type Member, type PostFacts } from './support/community';

let causeway: TestCauseway;
let author: Member;
let thread: { id: string; slug: string };
let ids: string[];

beforeAll(async () => {
  causeway = await startTestCauseway({ HOLD_FIRST_POSTS: '0', DIGEST_MIN_AUTHORS: '2' });
  author = await addMember(causeway, 'amina', { country: 'NG' });
  thread = await addThread(causeway, author, 'What stands in the way?');
  ids = [];
  for (const body of ['=HYPERLINK("http://x")', 'No power', 'No data', 'No card', 'No time']) {
    causeway.clock.advance(1000);
    const place: PostFacts = { country: 'NG', region: '011', impact: 2, barriers: ['cost'] };
    ids.push(await addPost(causeway, author, thread.id, body, place));
  }
});
afterAll(() => causeway.close());

const get = (path: string, headers?: Record<string, string>) =>
  causeway.client().get(path, headers);
const json = async (path: string) => JSON.parse((await get(path)).text);
const local = (url: string) => url.replace(causeway.config.origin, '');

/** Returns a schema of the served description, with references resolved. */
async function schema(name: string) {
  const { components } = await json('/api/v1/openapi.json');
  const text = JSON.stringify(components.schemas).replaceAll('#/components/schemas/', '#/$defs/');
  return z.fromJSONSchema({ $ref: `#/$defs/${name}`, $defs: JSON.parse(text) } as never);
}

describe('the API', () => {
  it.each([
    ['/api/v1/threads', 'Threads'],
    ['/api/v1/barriers', 'Barriers'],
    ['/barriers.json?region=011', 'Barriers'],
    ['/api/v1/digests', 'Digests'],
  ])('%s responds according to its description', async (path, name) => {
    const answer = await get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(answer.headers.getSetCookie()).toEqual([]);
    const described = await schema(name);
    expect(described.safeParse(JSON.parse(answer.text)).error).toBeUndefined();
    // The schema is strict: a response without its licence is invalid.
    const { license, ...rest } = JSON.parse(answer.text);
    expect(license).toContain('creativecommons.org/licenses/by/4.0');
    expect(described.safeParse(rest).success).toBe(false);
  });

  it('returns a thread with its texts', async () => {
    const answer = await json(`/api/v1/threads/${thread.id}`);
    expect((await schema('ThreadWithContributions')).safeParse(answer).error).toBeUndefined();
    expect(answer.thread.opening.body).toBe('What stands in the way?');
    expect(answer.contributions[1]).toMatchObject({ body: 'No power', country: 'NG', impact: 2 });
  });

  it('is paged by its cursor without gaps or repetitions, even while posts are added', async () => {
    const seen: string[] = [];
    let path: string | null = `/api/v1/threads/${thread.id}?limit=2`;
    while (path) {
      const answer: { contributions: { id: string }[]; next: string | null } = await json(path);
      seen.push(...answer.contributions.map(({ id }) => id));
      if (seen.length === 2) {
        causeway.clock.advance(1000);
        ids.push(await addPost(causeway, author, thread.id, 'One more'));
      }
      path = answer.next && local(answer.next);
    }
    expect(seen).toEqual(ids);
  });

  it('responds with 304 to a known version, and sends it again after a change', async () => {
    const path = `/api/v1/threads/${thread.id}`;
    const first = await get(path);
    const etag = first.headers.get('ETag') ?? '';
    const again = await get(path, { 'If-None-Match': etag });
    expect([again.status, again.text]).toEqual([304, '']);
    causeway.clock.advance(1000);
    ids.push(await addPost(causeway, author, thread.id, 'And another'));
    expect((await get(path, { 'If-None-Match': etag })).status).toBe(200);
  });

  it('has HTML whose links lead to the same places everywhere', async () => {
    const { id } = await addThread(causeway, author, 'Links in posts');
    const body = 'A claim.[^1] @amina [x](http:settings)\n\n[^1]: Its source.';
    const sent = await author.client.post(`/t/${id}`, { body });
    const postId = sent.location?.split('#p-')[1] ?? '';
    const { origin } = causeway.config;
    const answer = await json(`/api/v1/threads/${id}`);
    const hrefs = [...answer.contributions[0].html.matchAll(/ href="([^"]*)"/g)];
    expect(hrefs.map(([, href]) => href)).toEqual([
      `${origin}/p/${postId}#p-${postId}-fn-1`,
      `${origin}/u/amina`,
      `${origin}/p/${postId}#p-${postId}-fnref-1`,
    ]);
    const feed = await get(`/t/${id}/feed.xml`);
    expect(feed.text).toContain(`href="${origin}/u/amina"`.replaceAll('"', '&quot;'));
  });

  it.each([
    ['/api/v1/threads?cursor=abc', 400],
    ['/api/v1/threads?limit=0', 400],
    ['/api/v1/barriers?kind=magic', 400],
    ['/barriers.csv?region=xx', 400],
    ['/api/v1/threads/none', 404],
    ['/api/v1/nothing', 404],
  ])('%s is a problem in JSON', async (path, status) => {
    const answer = await get(path);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('Content-Type')).toContain('application/problem+json');
    expect(JSON.parse(answer.text)).toMatchObject({ status });
  });
});

describe('a download', () => {
  it.each(['/barriers.csv', '/barriers/contributions.csv', '/moderation.csv'])(
    '%s begins with the mark by which spreadsheets know UTF-8',
    async (path) => {
      const bytes = await (await fetch(causeway.url + path)).bytes();
      expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    },
  );

  it('runs no formulas and has the same counts as the page', async () => {
    const words = await get('/barriers/contributions.csv');
    expect(words.text).toContain(`"'=HYPERLINK`);
    expect(words.text.split('\r\n').length).toBe(7);
    const figures = await get('/barriers.csv');
    expect(figures.text.split('\r\n')[1]).toMatch(/^world,,1,/);
    expect(figures.headers.get('Content-Disposition')).toContain('barriers.csv');
  });
});

describe('posts that are not public', () => {
  it('are in no response and no download', async () => {
    const { db } = causeway.app;
    await db.write((tx) =>
      tx
        .update(posts)
        .set({ state: 'hidden' })
        .where(eq(posts.id, ids[1] ?? '')),
    );
    const everywhere = [
      '/api/v1/barriers',
      '/barriers.json',
      `/api/v1/threads/${thread.id}`,
      '/barriers/contributions.csv',
      '/barriers',
    ];
    for (const path of everywhere) {
      const { text } = await get(path);
      expect(text, path).toContain('No data');
      expect(text, path).not.toContain('No power');
    }
    await db.write((tx) =>
      tx.update(threadTable).set({ state: 'hidden' }).where(eq(threadTable.id, thread.id)),
    );
    expect((await get(`/api/v1/threads/${thread.id}`)).status).toBe(404);
    for (const path of everywhere.filter((one) => !one.includes(thread.id))) {
      expect((await get(path)).text, path).not.toContain('No data');
    }
    expect((await get('/api/v1/threads')).text).not.toContain('What stands in the way?');
  });
});
