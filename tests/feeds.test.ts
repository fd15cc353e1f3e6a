import { load } from 'cheerio';
import { eq } from 'drizzle-orm';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { posts } from '~db/schema';
import { hasBrowser, launchBrowser, openContext } from './support/browser';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, addPost, addThread, type Member } from './support/community';

let causeway: TestCauseway;
let ama: Member;
let thread: { id: string; slug: string; openingId: string };
let feeds: string[];

beforeAll(async () => {
  causeway = await startTestCauseway();
  ama = await addMember(causeway, 'ama', { name: 'Ama & "co" <b>' });
  thread = await addThread(causeway, ama, 'Feeds & <their> "readers" ]]>', {
    country: 'GH',
    region: '011',
  });
  feeds = ['/feed.xml', `/t/${thread.id}/feed.xml`, '/regions/011/feed.xml', '/digests/feed.xml'];
});
afterAll(() => causeway.close());

async function entries(path: string, headers: Record<string, string> = {}) {
  const { text } = await causeway.client().get(path, headers);
  const $ = load(text, { xml: true });
  return $('feed > entry')
    .map((_, entry) => ({
      id: $('> id', entry).text(),
      title: $('> title', entry).text(),
      published: $('> published', entry).text(),
      updated: $('> updated', entry).text(),
      content: $('> content', entry).text(),
    }))
    .get();
}

/** Checks what RFC 4287 requires of every feed and entry, besides valid XML. */
function faults(text: string): string[] {
  const $ = load(text, { xml: true });
  const found: string[] = [];
  const once = (parent: string, name: string) => {
    for (const element of $(parent).toArray()) {
      const count = $(`> ${name}`, element).length;
      if (count !== 1) found.push(`${parent} has ${count} ${name}`);
    }
  };
  if ($('feed').attr('xmlns') !== 'http://www.w3.org/2005/Atom') found.push('namespace');
  for (const name of ['id', 'title', 'updated', 'link[rel=self]', 'link[rel=alternate]']) {
    once('feed', name);
  }
  for (const name of ['id', 'title', 'updated', 'published', 'author', 'link[rel=alternate]']) {
    once('feed > entry', name);
  }
  once('feed > entry > author', 'name');
  for (const element of $('id').toArray()) {
    if (!URL.canParse($(element).text())) found.push(`id ${$(element).text()}`);
  }
  for (const element of $('updated, published').toArray()) {
    const text = $(element).text();
    // RFC 3339, and the same time when parsed.
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(text)) found.push(`date ${text}`);
  }
  const ids = $('entry > id')
    .map((_, id) => $(id).text())
    .get();
  if (new Set(ids).size !== ids.length) found.push('ids twice');
  const newest = $('entry > updated')
    .map((_, one) => $(one).text())
    .get()
    .sort()
    .at(-1);
  if (newest && $('feed > updated').text() !== newest) found.push('feed older than its entries');
  return found;
}

/** Whether robots.txt forbids a URL: by the beginning of its path (RFC 9309, 2.2.2 and 2.2.3). */
function blocked(robots: string, address: string): boolean {
  const { pathname, search } = new URL(address);
  return [...robots.matchAll(/^Disallow: (.+)$/gm)].some(([, rule = '']) => {
    const pattern = rule.replace(/[.?+]/g, '\\$&').replaceAll('*', '.*');
    return new RegExp(`^${pattern}`).test(pathname + search);
  });
}

describe('every feed', () => {
  test('conforms to RFC 4287, with and without entries', async () => {
    for (const path of [...feeds, '/regions/150/feed.xml']) {
      const feed = await causeway.client().get(path);
      expect(feed.status, path).toBe(200);
      expect(feed.headers.get('Content-Type')).toBe('application/atom+xml; charset=utf-8');
      expect(faults(feed.text), path).toEqual([]);
    }
  });

  test('is announced by its page, and names that page', async () => {
    const pages = ['/', `/t/${thread.id}/${thread.slug}`, '/regions/011', '/digests'];
    for (const [index, page] of pages.entries()) {
      const { $ } = await causeway.client().get(page);
      const announced = $('link[rel=alternate][type="application/atom+xml"]');
      const hrefs = announced.map((_, link) => $(link).attr('href')).get();
      expect(hrefs, page).toContain(feeds[index]);
      const feed = await causeway.client().get(feeds[index] ?? '');
      const alternate = load(feed.text, { xml: true })('feed > link[rel=alternate]').attr('href');
      expect(alternate).toBe(causeway.config.origin + page);
      expect($('link[rel=canonical]').attr('href')).toBe(alternate);
    }
  });

  test('is not sent again to a client that has it, until there is a new post', async () => {
    const path = `/t/${thread.id}/feed.xml`;
    const first = await causeway.client().get(path);
    const headers = { 'If-None-Match': first.headers.get('ETag') ?? '' };
    const again = await causeway.client().get(path, headers);
    expect([again.status, again.text]).toEqual([304, '']);
    causeway.clock.advance(60_000);
    await addPost(causeway, ama, thread.id, 'One more');
    expect((await causeway.client().get(path, headers)).status).toBe(200);
  });
});

describe('an entry', () => {
  test('keeps its id, and is updated when it is edited', async () => {
    const path = `/t/${thread.id}/feed.xml`;
    const id = await addPost(causeway, ama, thread.id, 'Before');
    const before = (await entries(path)).find((entry) => entry.id.endsWith(id));
    expect(before?.updated).toBe(before?.published);

    causeway.clock.advance(3_600_000);
    const editedAt = causeway.clock.now();
    await causeway.app.db.write((tx) =>
      tx.update(posts).set({ html: '<p>After</p>', editedAt }).where(eq(posts.id, id)),
    );
    const after = (await entries(path)).find((entry) => entry.id.endsWith(id));
    expect(after).toMatchObject({ id: before?.id, published: before?.published });
    expect(after?.updated).toBe(new Date(editedAt).toISOString());
    expect(after?.content).toBe('<p>After</p>');

    // The same post in the other feeds and in another language.
    const everywhere = await entries('/feed.xml', { 'Accept-Language': 'ar' });
    expect(everywhere.map((entry) => entry.id)).toContain(before?.id);
    expect(before?.id).toBe(`${causeway.config.origin}/p/${id}`);
  });

  test('has its footnotes lead to the post', async () => {
    const kofi = await addMember(causeway, 'kofi', { role: 'moderator' });
    const sent = await kofi.client.post(`/t/${thread.id}`, {
      body: 'A claim.[^1]\n\n[^1]: Its source.',
    });
    const id = sent.location?.split('#p-')[1] ?? '';
    const entry = (await entries('/feed.xml')).find((one) => one.id.endsWith(id));
    // Many readers ignore xml:base.
    expect(entry?.content).toContain(`href="${causeway.config.origin}/p/${id}#p-${id}-fn-1"`);
    // The page contains it too, once.
    const { $ } = await causeway.client().get(`/t/${thread.id}/${thread.slug}`);
    expect($(`[id="p-${id}-fn-1"]`).text()).toContain('Its source.');
  });
});

describe('the sitemap', () => {
  test('lists existing pages with the same canonical URL', async () => {
    const { text, headers } = await causeway.client().get('/sitemap.xml');
    expect(headers.get('Content-Type')).toContain('application/xml');
    const $ = load(text, { xml: true });
    const addresses = $('urlset > url > loc')
      .map((_, loc) => $(loc).text())
      .get();
    const { origin } = causeway.config;
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(addresses).toEqual(
      expect.arrayContaining(
        ['/', '/threads', '/barriers', '/regions/011', '/pillars/policy'].map(
          (path) => origin + path,
        ),
      ),
    );
    expect(addresses).toContain(`${origin}/t/${thread.id}/${thread.slug}`);
    for (const address of addresses) {
      const page = await causeway.client().get(address.slice(origin.length));
      expect(page.status, address).toBe(200);
      expect(page.$('link[rel=canonical]').attr('href')).toBe(address);
      expect(page.$('meta[name=robots]').length, address).toBe(0);
    }
    const robots = await causeway.client().get('/robots.txt');
    expect(robots.text).toContain(`Sitemap: ${origin}/sitemap.xml`);
    for (const address of addresses) expect(blocked(robots.text, address), address).toBe(false);
    for (const path of [
      '/mod',
      '/mod/people',
      '/mod?done=1',
      '/login?redirectTo=%2F',
      '/settings',
      ...['/p/d001/face', '/p/d001/flag'],
    ]) {
      expect(blocked(robots.text, origin + path), path).toBe(true);
    }
  });
});

describe.skipIf(!hasBrowser)('in a real browser', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  test('feeds and sitemap are well-formed XML', async () => {
    const context = await openContext(browser, { javaScript: true });
    const page = await context.newPage();
    const check = (text: string) =>
      page.evaluate((source) => {
        const parsed = new DOMParser().parseFromString(source, 'application/xml');
        return parsed.querySelector('parsererror')?.textContent ?? null;
      }, text);
    expect(await check('<a><b></a>')).not.toBeNull();
    for (const path of [...feeds, '/sitemap.xml']) {
      const { text } = await causeway.client().get(path);
      expect(await check(text), path).toBeNull();
    }
    await context.close();
  });

  test('a thread has no console errors, and footnote links work', async () => {
    const kofi = await addMember(causeway, 'esi', { role: 'moderator' });
    const sent = await kofi.client.post(`/t/${thread.id}`, {
      body: 'Brain drain.[^a]\nSecond line.\n\n[^a]: Why.',
    });
    const context = await openContext(browser, { javaScript: true, width: 320 });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(causeway.url + sent.location);
    const id = sent.location?.split('#')[1] ?? '';
    const words = page.locator(`[id="${id}"] .prose`);
    expect(await words.locator('a.term').getAttribute('href')).toBe('/glossary#brain-drain');
    // The typed line break is visible.
    const height = await words
      .locator('p')
      .first()
      .evaluate((p) => p.getClientRects()[0]?.height ?? 0);
    const line = await words
      .locator('p')
      .last()
      .evaluate((p) => p.getClientRects()[0]?.height ?? 0);
    expect(height).toBeGreaterThan(1.5 * line);
    await words.locator('[role=doc-noteref]').click();
    expect(new URL(page.url()).hash).toBe(`#${id}-fn-1`);
    expect(await page.evaluate(() => document.querySelector(':target')?.tagName)).toBe('LI');
    expect(complaints).toEqual([]);
    await context.close();
  });
});
