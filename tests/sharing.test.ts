import type { CheerioAPI } from 'cheerio';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildDigest, publishDigest } from '~/domain/digests/digests';
import { threads } from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addPost, addThread, type Member } from './support/community';
import { pageWeight } from './support/weight';

let causeway: TestCauseway;
let ama: Member;
let thread: { id: string; slug: string; openingId: string };
let page: string;

beforeAll(async () => {
  causeway = await startTestCauseway({ DIGEST_MIN_AUTHORS: '1' });
  ama = await addMember(causeway, 'ama', { name: 'Ama Owusu' });
  thread = await addThread(causeway, ama, 'No power, no "training" & <no> jobs');
  page = `/t/${thread.id}/${thread.slug}`;
});
afterAll(() => causeway.close());

/** Returns an image's type and size, read from the image itself. */
async function picture(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(causeway.url + path, { headers });
  const bytes = Buffer.from(await response.arrayBuffer());
  return {
    status: response.status,
    headers: response.headers,
    bytes,
    isPng: bytes.subarray(1, 4).toString() === 'PNG',
    width: bytes.length > 24 ? bytes.readUInt32BE(16) : 0,
    height: bytes.length > 24 ? bytes.readUInt32BE(20) : 0,
  };
}

function meta($: CheerioAPI, property: string): string | undefined {
  return $(`meta[property="${property}"]`).attr('content');
}

describe('a thread that is shared', () => {
  test('has a title, a text, an address and a picture', async () => {
    const { $ } = await causeway.client().get(page);
    const { origin } = causeway.config;
    expect(meta($, 'og:title')).toBe('No power, no "training" & <no> jobs');
    expect(meta($, 'og:description')).toBe($('meta[name=description]').attr('content'));
    expect(meta($, 'og:url')).toBe(origin + page);
    expect($('link[rel=canonical]').attr('href')).toBe(origin + page);
    expect(meta($, 'og:image')).toBe(`${origin}/t/${thread.id}/card.png`);
    expect(meta($, 'og:image:width')).toBe('1200');
    expect($('meta[name="twitter:card"]').attr('content')).toBe('summary_large_image');
  });

  test('has an image of that size, cached as long as it is unchanged', async () => {
    const path = `/t/${thread.id}/card.png`;
    const first = await picture(path);
    expect(first.status).toBe(200);
    expect(first.isPng).toBe(true);
    expect([first.width, first.height]).toEqual([1200, 630]);
    expect(first.headers.get('Content-Type')).toBe('image/png');
    expect(first.headers.get('Cross-Origin-Resource-Policy')).toBe('cross-origin');

    const etag = first.headers.get('ETag') ?? '';
    const again = await picture(path, { 'If-None-Match': etag });
    expect([again.status, again.bytes.length]).toEqual([304, 0]);
    // Everyone gets the same image, in whatever language.
    const french = await picture(path, { 'Accept-Language': 'fr' });
    expect(french.headers.get('ETag')).toBe(etag);

    const kofi = await addMember(causeway, 'kofi');
    await addPost(causeway, kofi, thread.id, 'Here too', { country: 'GH' });
    const changed = await picture(path, { 'If-None-Match': etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('ETag')).not.toBe(etag);
  });

  test.each([
    'ما الذي يقف في طريقك اليوم؟',
    '学校的网络不够',
    'हमारे विद्यालय में',
    '🔌'.repeat(80),
    'W'.repeat(160),
  ])('has an image for %j', async (title) => {
    const { id } = await addThread(causeway, ama, title);
    const { status, width } = await picture(`/t/${id}/card.png`);
    expect([status, width]).toEqual([200, 1200]);
  });

  test('has no image while it is not public or does not exist', async () => {
    const hidden = await addThread(causeway, ama, 'Hidden');
    expect((await picture(`/t/${hidden.id}/card.png`)).status).toBe(200);
    await causeway.app.db.write((tx) =>
      tx.update(threads).set({ state: 'hidden' }).where(eq(threads.id, hidden.id)),
    );
    expect((await picture(`/t/${hidden.id}/card.png`)).status).toBe(404);
    expect((await picture('/t/NONE/card.png')).status).toBe(404);
    // Not even for its author, because an image cached for one person would be served to all.
    const { id } = await addThread(causeway, ama, 'Held', { state: 'held' });
    expect((await ama.client.get(`/t/${id}/card.png`)).status).toBe(404);
  });

  test('many at once are drawn correctly', async () => {
    const several = await Promise.all(
      Array.from({ length: 6 }, (_, n) => addThread(causeway, ama, `Thread ${n}`)),
    );
    const paths = several.flatMap(({ id }) => [`/t/${id}/card.png`, `/t/${id}/card.png`]);
    const answers = await Promise.all(paths.map((path) => picture(path)));
    expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200));
  });
});

describe('the structured data of a thread', () => {
  test('is a discussion with its author, date, text and comments, without a script', async () => {
    const other = await addMember(causeway, 'esi');
    const said = await addPost(causeway, other, thread.id, 'We wait for the grid');
    const { $ } = await causeway.client().get(page);
    expect($('script').length).toBe(0);

    const posting = $('[itemscope][itemtype="https://schema.org/DiscussionForumPosting"]');
    expect(posting.length).toBe(1);
    /** Returns values of a property that belong to an item itself, not to a nested item. */
    const of = (item: ReturnType<CheerioAPI>, name: string) =>
      item
        .find(`[itemprop=${name}]`)
        .filter((_, one) => $(one).parent().closest('[itemscope]').is(item));
    expect(of(posting, 'headline').text()).toBe($('h1').text());
    expect(of(posting, 'text').text()).toContain('training');
    expect(of(posting, 'datePublished').attr('datetime')).toBe('2026-11-02');
    expect(of(posting, 'url').attr('href')).toBe(`/p/${thread.openingId}`);
    expect(of(posting, 'author').find('[itemprop=name]').text()).toBe('Ama Owusu');
    expect(of(posting, 'author').find('[itemprop=url]').attr('href')).toBe('/u/ama');

    const comment = $(`#p-${said}`);
    expect(comment.attr('itemtype')).toBe('https://schema.org/Comment');
    expect(of(posting, 'comment').is(comment)).toBe(true);
    expect(of(comment, 'text').text()).toContain('We wait for the grid');
    expect(of(comment, 'author').find('[itemprop=name]').text()).toBe('esi');
    expect(of(comment, 'datePublished').length).toBe(1);
  });
});

describe('a digest that is shared', () => {
  test('has an image once it is published', async () => {
    await addPost(causeway, ama, thread.id, 'The power is cut', {
      country: 'GH',
      region: '011',
      barriers: ['connectivity'],
    });
    causeway.clock.set('2026-12-02T09:00:00Z');
    const { app } = causeway;
    const draft = await buildDigest(app, 'world', '2026-11');
    expect((await picture('/digests/world/2026-11/card.png')).status).toBe(404);
    await publishDigest(causeway.app, draft.id, null);

    const { $ } = await causeway.client().get('/digests/world/2026-11');
    const image = meta($, 'og:image') ?? '';
    expect(image).toBe(`${causeway.config.origin}/digests/world/2026-11/card.png`);
    const { status, isPng } = await picture(new URL(image).pathname);
    expect([status, isPng]).toEqual([200, true]);
    expect((await picture('/digests/world/2026-10/card.png')).status).toBe(404);
  });
});

test('a thread with twenty posts is still small', async () => {
  const long = await addThread(causeway, ama, 'Twenty posts');
  for (let n = 0; n < 20; n++)
    await addPost(causeway, ama, long.id, `Contribution ${n}. ${'Words of it. '.repeat(20)}`);
  const { html, css } = await pageWeight(causeway.url, `/t/${long.id}/${long.slug}`);
  expect(html + css).toBeLessThanOrEqual(14 * 1024);
});
