import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { load } from 'cheerio';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptText, makeKeyPoint } from '~/domain/barriers/key-points/change';
import { buildDigest, publishDigest } from '~/domain/digests/digests';
import { indexPost } from '~/domain/search/index-post';
import { DAY, HOUR, MINUTE } from '~/platform/clock';
import { cardSvg } from '~/platform/og-images/og-image-svg';
import { createLog } from '~/server/log';
import { posts } from '~db/schema';
import { startTestCauseway, type TestCauseway, TestClock } from './support/causeway';
import type { Client } from './support/client';
import { runCommand } from './support/command';
import { addMember, addPost, addThread, type Member } from './support/community';
import { runJobs } from './support/jobs';

/*
 * Canary words: each is written in a place that only its author and the moderators may read, after
 * it was public wherever that is possible. Then everything public is read. Text that was edited
 * away stays in the public history of its post, by design, and nowhere else.
 */
const CANARIES = {
  hidden: 'zqhidden',
  hiddenTranslated: 'zqtranslatedhidden',
  deletedTranslated: 'zqtranslateddeleted',
  withheldTranslated: 'zqtranslatedwithheld',
  removedTranslation: 'zqtranslatedremoved',
  hiddenTitle: 'zqhiddentitle',
  held: 'zqheld',
  heldTitle: 'zqheldtitle',
  // No past tense: after “@bo” it would tell what Bo did, and such a sentence is no title.
  deleted: 'zqdeletion',
  edited: 'zqedition',
  withheld: 'zqwithheld',
  withheldReason: 'zqwithheldreason',
  flagNote: 'zqflagnote',
  decisionNote: 'zqdecisionnote',
  personNote: 'zqpersonnote',
  talk: 'zqtalk',
  pattern: 'zqpattern',
  draft: 'zqdraft',
  address: 'zqaddress',
} as const;
/** Another word in each text that is not public, used for searching. */
const BESIDE = 'zqbeside';

let causeway: TestCauseway;
let ada: Member;
let bo: Member;
let mona: Member;
let visitor: Client;
const logs: string[] = [];
const drawn: string[] = [];
const where: Record<string, string> = {};
/** All public pages by URL, after everything has been withdrawn. */
let site: Map<string, string>;

beforeAll(async () => {
  const log = createLog('trace', { write: (line) => logs.push(line) });
  causeway = await startTestCauseway(
    { DIGEST_MIN_AUTHORS: '1', LOG_LEVEL: 'trace' },
    new TestClock(Date.parse('2026-10-12T08:00:00Z')),
    log,
  );
  const { cards } = causeway.app;
  const draw = cards.draw.bind(cards);
  cards.draw = (card) => {
    drawn.push(JSON.stringify(card), cardSvg(card));
    return draw(card);
  };
  ada = await addMember(causeway, 'ada', { email: `${CANARIES.address}@example.org` });
  bo = await addMember(causeway, 'bo');
  mona = await addMember(causeway, 'mona', { role: 'moderator' });
  visitor = causeway.client();
  await writeInPublic();
  await publish();
  await withdraw();
  site = await readAll();
}, 300_000);
afterAll(() => causeway.close());

/** Ada writes in October; Bo watches, is mentioned, bookmarks and says "I face this too". */
async function writeInPublic() {
  const thread = await addThread(causeway, bo, 'What does a card cost where you are?');
  where.thread = thread.path;
  await bo.client.post('/settings/notices', { mail: 'daily', watchOwn: '1' });
  for (const name of ['hidden', 'deleted', 'edited', 'withheld'] as const) {
    causeway.clock.advance(MINUTE);
    const body = `@bo ${CANARIES[name]} ${BESIDE} is what the card costs, a year of pay.`;
    const id = await addPost(causeway, ada, thread.id, body, {
      country: 'KE',
      region: '014',
      barriers: ['cost'],
    });
    where[name] = id;
    await causeway.app.db.write((tx) => indexPost(tx, id));
    await bo.client.post(`/p/${id}/face`, { on: '1', country: 'KE' });
    await bo.client.post(`/p/${id}/bookmark`, { on: '1' });
  }
  await translateAll(thread.id);
  await nameKeyPoints(thread.id);
  const title = `A question about ${CANARIES.hiddenTitle} ${BESIDE}`;
  const gone = await addThread(causeway, ada, title, { country: 'KE', region: '014' });
  where.hiddenTitle = gone.openingId;
  where.goneThread = gone.path;
  const reader = causeway.client();
  const choices = { scope: ['KE'], frequency: 'monthly', language: 'fr' };
  await reader.post('/subscribe', { email: 'reader@example.org', ...choices });
  await runJobs(causeway.app);
  const asked = (await causeway.mails()).find(({ text }) => text?.includes('/subscriptions/'));
  const path = /\/subscriptions\/[^\s/]+/.exec(asked?.text ?? '')?.[0] ?? '';
  expect((await reader.post(path, { action: 'confirm' })).status).toBe(303);
}

/** Bo translates posts that will be withdrawn, and one of which only the translation will be. */
async function translateAll(threadId: string) {
  await addPost(causeway, bo, threadId, 'That his next words need no moderator.');
  where.kept = await addPost(causeway, ada, threadId, 'The bank is far away.');
  for (const name of ['hidden', 'deleted', 'withheld', 'kept'] as const) {
    const word = name === 'kept' ? CANARIES.removedTranslation : CANARIES[`${name}Translated`];
    const body = `${word} ${BESIDE} est ce que coûte la carte.`;
    const sent = await bo.client.post(`/p/${where[name]}/translate`, { language: 'fr', body });
    expect(sent.status).toBe(303);
    expect((await visitor.get(`/search?q=${word}`)).text).toContain('/p/');
  }
  const page = await visitor.get(`${where.thread}?read=fr`);
  for (const [name, word] of Object.entries(CANARIES)) {
    if (name.includes('ranslat')) expect(page.text, name).toContain(word);
  }
}

/** A key point of one post of Ada's and one of others, Bo's among them, both called by her words. */
async function nameKeyPoints(threadId: string) {
  const { app, clock } = causeway;
  const facts = { country: 'KE', region: '014', barriers: ['cost' as const] };
  const other = await addPost(causeway, bo, threadId, 'The card costs a year of pay.', facts);
  const point = (postIds: string[]) => ({ kind: 'cost' as const, region: '014', postIds });
  const names = ['deleted', 'edited', 'withheld'] as const;
  const all = [...names.map((name) => where[name] ?? ''), other];
  for (const [postIds, word] of [
    [[where.hidden ?? ''], CANARIES.hidden],
    [all, CANARIES.deleted],
  ] as const) {
    const id = await app.db.write((tx) => makeKeyPoint(tx, clock, mona.id, point([...postIds])));
    const title = { keyPointId: id, language: 'en' as const };
    await app.db.write((tx) => acceptText(tx, app, mona.id, title));
    // Not its page: the path has the title, and paths are logged.
    expect((await visitor.get(`/key-points/${id}.json`)).text).toContain(word);
    for (const end of ['', '.json', '/feed.xml']) {
      where[`keyPoint${id}${end}`] = `/key-points/${id}${end}`;
    }
  }
}

/** Publishes a digest with Ada's words, while they are public; its email waits to be sent. */
async function publish() {
  causeway.clock.set('2026-11-01T09:00:00Z');
  for (const scope of ['KE', '014', 'world']) {
    const { id } = await buildDigest(causeway.app, scope, '2026-10');
    await publishDigest(causeway.app, id, null);
  }
  const digest = await visitor.get('/digests/KE/2026-10');
  expect(digest.status).toBe(200);
  expect((await visitor.get('/digests/KE/2026-10.json')).text).toContain('zqtranslated');
  where.quoted = Object.entries(CANARIES)
    .filter(([, word]) => digest.text.includes(word))
    .map(([name]) => name)
    .join(' ');
  const page = await visitor.get(where.thread ?? '');
  for (const name of ['hidden', 'deleted', 'edited', 'withheld'] as const) {
    expect(page.text, name).toContain(CANARIES[name]);
  }
}

async function caseOf(postId: string): Promise<string> {
  const there = await mona.client.get(`/mod/posts/${postId}`);
  return there.location ?? `/mod/posts/${postId}`;
}

async function hide(postId: string) {
  const sent = await mona.client.post(await caseOf(postId), {
    action: 'hide',
    reason: 'spam',
    note: `Because of ${CANARIES.decisionNote}`,
  });
  expect(sent.status, sent.$('.error-summary').text()).toBe(303);
}

async function withdraw() {
  causeway.clock.advance(HOUR);
  const flag = { reason: 'spam', note: `Look at ${CANARIES.flagNote}` };
  for (const name of ['hidden', 'hiddenTitle']) {
    expect((await bo.client.post(`/p/${where[name]}/flag`, flag)).status).toBe(303);
    await hide(where[name] ?? '');
  }
  expect((await ada.client.post(`/p/${where.deleted}/delete`)).status).toBe(303);
  const list = await ada.client.get(`/p/${where.kept}/translations`);
  const translation = list.$('[name=translation]').attr('value') ?? '';
  const removed = await ada.client.post(`/p/${where.kept}/translations`, { translation });
  expect(removed.status).toBe(303);
  for (const name of ['edited', 'withheld'] as const) {
    const edit = { body: `Now it says something else: ${name}.`, reason: 'Clearer' };
    expect((await ada.client.post(`/p/${where[name]}/edit`, edit)).status).toBe(303);
  }
  causeway.clock.advance(HOUR);
  const reason = { body: 'And again something else.', reason: CANARIES.withheldReason };
  await ada.client.post(`/p/${where.withheld}/edit`, reason);
  for (const number of ['1', '2']) {
    await mona.client.post(`/p/${where.withheld}/revisions`, { number, reason: 'private-data' });
  }
  // The reason for an edit belongs to the current version; with a third version it can be hidden
  // too.
  await ada.client.post(`/p/${where.withheld}/edit`, { body: 'The last word on it.' });
  await mona.client.post(`/p/${where.withheld}/revisions`, { number: '3', reason: 'private-data' });

  const newcomer = await addMember(causeway, 'newcomer');
  const held = { body: `@bo ${CANARIES.held} ${BESIDE} waits`, country: 'KE', barrier: 'cost' };
  const sent = await newcomer.client.post(where.thread ?? '', held);
  where.held = /#p-(.+)$/.exec(sent.location ?? '')?.[1] ?? '';
  await newcomer.client.post('/threads/new', {
    title: `A thread on ${CANARIES.heldTitle} ${BESIDE}`,
    body: 'It waits as well.',
    country: 'KE',
  });
  await newcomer.client.post('/threads/new', { title: 'Draft', body: CANARIES.draft, save: '1' });
  await mona.client.post('/mod/patterns', {
    action: 'add',
    kind: 'word',
    text: CANARIES.pattern,
    effect: 'hold',
  });
  await mona.client.post('/mod/people/ada/record', { action: 'note', note: CANARIES.personNote });
  await ada.client.post('/modmail', { subject: CANARIES.talk, body: CANARIES.talk });
  // Failed attempts must not appear in the log either.
  await visitor.post('/login', {
    email: `${CANARIES.address}@example.org`,
    password: 'zqpassword',
  });
  await visitor.post('/signup', { email: 'x', handle: '!', password: 'zqpassword' });
  await newcomer.client.post(`/t/none`, { body: CANARIES.draft });
  causeway.clock.advance(2 * DAY);
  await runJobs(causeway.app);
  await runJobs(causeway.app);
}

/** Returns the URLs of this site in a page, a feed, a sitemap or JSON. */
function addressesIn(text: string): string[] {
  const { origin } = causeway.config;
  const found = new Set<string>();
  for (const [, raw = ''] of text.matchAll(/(?:href|src|content|url)="([^"]+)"/g)) {
    found.add(raw.replaceAll('&amp;', '&'));
  }
  for (const [raw] of text.matchAll(/https?:\/\/[^\s"'<>\\)]+/g)) found.add(raw);
  return [...found].flatMap((raw) => {
    const path = raw.startsWith(origin) ? raw.slice(origin.length) : raw;
    if (!path.startsWith('/') || path.startsWith('//')) return [];
    return [path.replace(/#.*/, '')];
  });
}

/** Follows all links from the front page, the sitemap and all URLs without parameters. */
async function readAll(): Promise<Map<string, string>> {
  const build = pathToFileURL(join(process.cwd(), 'build/routes.js')).href;
  const { routes } = (await import(build)) as { routes: Record<string, { path?: string }> };
  const plain = Object.values(routes).flatMap(({ path }) =>
    path && !/[:*]/.test(path) ? [`/${path}`] : [],
  );
  const queue = ['/', '/sitemap.xml', ...plain];
  queue.push(...Object.values(where).map((id) => (id.startsWith('/') ? id : `/p/${id}`)));
  for (const name of ['hidden', 'deleted', 'withheld', 'kept']) {
    queue.push(`/p/${where[name]}/translations`, `/p/${where[name]}/whole?read=fr`);
  }
  queue.push(
    `${where.thread}?read=fr`,
    `/p/${where.withheld}/revisions`,
    `/p/${where.edited}/revisions`,
  );
  for (const scope of ['KE', '014', 'world']) {
    for (const end of ['', '.json', '.csv']) queue.push(`/digests/${scope}/2026-10${end}`);
    queue.push(`/digests/${scope}/feed.xml`);
  }
  const seen = new Set(queue);
  const pages = new Map<string, string>();
  for (let at = 0; at < queue.length && at < 400; at += 1) {
    const path = queue[at] ?? '';
    const { text, status } = await visitor.get(path);
    pages.set(path, text);
    if (status !== 200 || /^\/(?:api\/v1\/openapi|build|assets)/.test(path)) continue;
    for (const next of addressesIn(text)) {
      // A list has very many combinations of sort orders, filters and languages; a few of each are
      // enough.
      const [base = ''] = next.split('?');
      const many = [...seen].filter((one) => one.startsWith(`${base}?`)).length >= 3;
      if (seen.has(next) || (next.includes('?') && many)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  return pages;
}

/** Returns one line for each canary found; `edited` is allowed in the history of its post. */
function met(texts: Iterable<[string, string]>): string[] {
  const found: string[] = [];
  for (const [name, text] of texts) {
    for (const [canary, word] of Object.entries(CANARIES)) {
      if (!text.includes(word)) continue;
      if (canary === 'edited' && name.startsWith(`/p/${where.edited}/revisions`)) continue;
      found.push(`${canary} in ${name}`);
    }
  }
  return found;
}

describe('text that is no longer public', () => {
  it('is visible to moderators, so that this test can fail', async () => {
    const db = causeway.app.db.reader;
    for (const [name, state] of [
      ['hidden', 'hidden'],
      ['held', 'held'],
      ['deleted', 'deleted'],
      ['hiddenTitle', 'hidden'],
    ] as const) {
      const [post] = await db
        .select()
        .from(posts)
        .where(eq(posts.id, where[name] ?? ''));
      expect(post?.state, name).toBe(state);
    }
    expect((await mona.client.get(await caseOf(where.hidden ?? ''))).text).toContain('zqhidden');
    expect((await visitor.get(`/p/${where.edited}/revisions`)).text).toContain(CANARIES.edited);
    expect((await mona.client.get(`/p/${where.withheld}/revisions`)).text).toContain('zqwithheld');
    expect(where.quoted, 'a digest has quoted them').not.toBe('');
  });

  it('is on no page, in no feed, list, figure, API response or description', () => {
    expect(site.size).toBeGreaterThan(60);
    for (const path of [
      '/feed.xml',
      '/sitemap.xml',
      '/api/v1/threads',
      '/digests/KE/2026-10.csv',
    ]) {
      expect([...site.keys()], path).toContain(path);
    }
    expect(met(site)).toEqual([]);
  });

  it('is found by no search, and counted by none', async () => {
    const plain = (text: string, word: string) => {
      const $ = load(text);
      $('input[name=key], form').remove();
      return $('main').text().replaceAll(word, 'WORD').replace(/\s+/g, ' ');
    };
    const nothing = plain((await visitor.get('/search?q=zqnothing')).text, 'zqnothing');
    for (const word of [BESIDE, ...Object.values(CANARIES)]) {
      for (const more of ['', '&region=014', '&in=digests']) {
        const { text } = await visitor.get(`/search?q=${word}${more}`);
        if (more === '') expect(plain(text, word), word).toBe(nothing);
        if (word === BESIDE) expect(met([['search', text]])).toEqual([]);
      }
    }
  });

  it('is shown to no other member', async () => {
    const paths = ['/', '/following', '/bookmarks', '/notifications', '/drafts', '/barriers'];
    paths.push('/settings', '/u/ada', '/u/newcomer', where.thread ?? '', '/digests/KE/2026-10');
    paths.push(
      `${where.thread}?read=fr`,
      '/search?q=card',
      `/p/${where.hidden}`,
      `/p/${where.held}`,
    );
    const texts: [string, string][] = [];
    for (const path of paths) texts.push([path, (await bo.client.get(path)).text]);
    expect(met(texts)).toEqual([]);
  });

  it('is in no preview image', () => {
    expect(drawn.length).toBeGreaterThan(0);
    expect(met(drawn.map((card) => ['card', card]))).toEqual([]);
  });

  it('is in no email except those to its author', async () => {
    const mails = await causeway.mails();
    const others = mails.filter((mail) =>
      [mail.to].flat().some((to) => !/newcomer|zqaddress/.test(to?.text ?? '')),
    );
    const subjects = others.map(({ subject }) => subject);
    expect(
      subjects.some((subject) => /Kenya/.test(subject ?? '')),
      subjects.join(),
    ).toBe(true);
    expect(
      met(others.map((m) => [`mail: ${m.subject}`, `${m.subject} ${m.text} ${m.html}`])),
    ).toEqual([]);
  });

  it('is in no file of the export', async () => {
    const folder = join(causeway.folder, 'export');
    const { code, err } = await runCommand(causeway, ['export', folder]);
    expect(code, err).toBe(0);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    expect(files.length).toBeGreaterThan(2);
    const texts = files.map(({ name, parentPath }): [string, string] => [
      name,
      readFileSync(join(parentPath, name), 'utf8'),
    ]);
    expect(met(texts)).toEqual([]);
  });

  it('is in no line of the log', () => {
    expect(logs.length).toBeGreaterThan(50);
    const searched = logs.filter((line) => !line.includes('"path":"/search"'));
    expect(met(searched.map((line) => [line.slice(0, 200), line]))).toEqual([]);
    expect(logs.join('')).not.toMatch(/zqpassword|zqaddress/);
  });
});
