import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDigest, publishDigest } from '~/domain/digests/digests';
import { seedOnce } from '~/domain/import-export/seed';
import { openCase } from '~/domain/moderation/cases/open-case';
import { fillPractice } from '~/domain/moderation/training/training';
import { linkSecret } from '~/platform/secrets/link-secret';
import { decisions } from '~db/schema';
import * as moderation from '~db/schema/moderation';
import { TABLE } from './support/access-table';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import type { Answer, Client } from './support/client';
import { addMember, addPost, addThread } from './support/community';
import { allRows } from './support/stored';

/*
 * Permissions: the expected response for every role on every route, form and moderator action. The
 * test fails for a route, form or action that is not in the table.
 *
 * To add a row, write it in tests/support/access-table.ts:
 *
 *   GET  threads/new        login 200 200 200 200 200 200
 *
 * This is the method, the path as in app/routes.ts, and the response to each role, in the order of
 * ROLES. Possible values:
 *
 *   200, 404 …   the status           login    303 to /login
 *   on           303 to another URL   may      any response that means it is allowed: not 401, 403,
 *                                              404, 405, a 5xx, or a redirect to the login
 *
 * A POST row sends an empty form, so that an allowed request gets 400 and nothing changes, unless
 * FORMS below has fields for it. EXAMPLES has the URL used for a path with parameters; for other paths
 * each parameter is `none`, as in a link that does not exist.
 * Rows are requested in order, so put requests that end something (logout, deletion) last.
 * A failing test prints the row as it should be: check it before you copy it.
 */

const ROLES = [
  'anonymous',
  'unconfirmed',
  'member',
  'author',
  'suspended',
  'moderator',
  'administrator',
] as const;
type Role = (typeof ROLES)[number];

interface ServedRoute {
  path?: string;
  index?: boolean;
  module: { default?: unknown; loader?: unknown; action?: unknown };
}

let causeway: TestCauseway;
let clients: Record<Role, Client>;
let served: ServedRoute[];
/** The URL used for a path with parameters. */
let EXAMPLES: Record<string, string>;

/** Fields for forms where an empty form would do too little or too much. */
const FORMS: Record<string, Record<string, string>> = {
  'p/:id/face': { on: '1' },
  'p/:id/edit': { body: 'Other words for the table' },
  'p/:id/language': { language: 'fr' },
  'modmail/:id': { body: 'A message' },
  't/:id/:slug?': { body: 'Words for the table of who may what' },
  'threads/new': { title: 'A thread for the table of roles', body: 'Words of its opening' },
  'barriers/new': { body: 'A barrier for the table of roles', country: 'KE' },
};

beforeAll(async () => {
  causeway = await startTestCauseway({ DIGEST_MIN_AUTHORS: '1', HOLD_FIRST_POSTS: '0' });
  const { app, clock } = causeway;
  await seedOnce(app);
  await app.db.write(fillPractice);
  clock.set('2026-10-12T08:00:00Z');
  const author = await addMember(causeway, 'author');
  const thread = await addThread(causeway, author, 'What is in nobody’s way?');
  const post = await addPost(causeway, author, thread.id, 'The price of a card is a year’s pay.', {
    country: 'KE',
    region: '014',
    barriers: ['cost'],
  });
  clock.set('2026-11-02T09:00:00Z');
  const digest = await buildDigest(app, 'KE', '2026-10');
  await publishDigest(app, digest.id, null);
  const draft = await buildDigest(app, 'KE', '2026-10');
  const others = {
    unconfirmed: await addMember(causeway, 'unconfirmed', { confirmedAt: null }),
    member: await addMember(causeway, 'member'),
    suspended: await addMember(causeway, 'suspended', { suspendedUntil: clock.now() + 1e10 }),
    moderator: await addMember(causeway, 'moderator', { role: 'moderator' }),
    administrator: await addMember(causeway, 'administrator', { role: 'administrator' }),
  };
  const decisionId = 'decision-of-the-table';
  const caseId = await app.db.write(async (tx) => {
    const id = await openCase(tx, clock, { subject: { postId: post }, cause: 'moderator' });
    await tx.insert(decisions).values({
      id: decisionId,
      caseId: id,
      postId: post,
      authorId: author.id,
      moderatorId: others.moderator.id,
      action: 'hide',
      rule: 'spam',
      createdAt: clock.now(),
    });
    return id;
  });
  clients = {
    anonymous: causeway.client(),
    author: author.client,
    unconfirmed: others.unconfirmed.client,
    member: others.member.client,
    suspended: others.suspended.client,
    moderator: others.moderator.client,
    administrator: others.administrator.client,
  };
  EXAMPLES = {
    't/:id/:slug?': thread.path,
    't/:id/feed.xml': `/t/${thread.id}/feed.xml`,
    't/:id/card.png': `/t/${thread.id}/card.png`,
    'barriers/kinds/:kind': '/barriers/kinds/cost',
    'admin/conversations/:id': '/admin/conversations/c1',
    'admin/conversations/:id/translations': '/admin/conversations/c1/translations',
    'c/:slug': '/c/democratizing-ai-power',
    'c/:slug/feed.xml': '/c/democratizing-ai-power/feed.xml',
    'countries/:alpha2': '/countries/KE',
    'pillars/:slug': '/pillars/policy',
    'sitemap/:file.xml': '/sitemap/threads-1.xml',
    'regions/:m49': '/regions/014',
    'regions/:m49/feed.xml': '/regions/014/feed.xml',
    'u/:handle': '/u/author',
    'reading/:id': `/reading/${thread.id}`,
    'mod/cases/:id': `/mod/cases/${caseId}`,
    'mod/posts/:id': `/mod/posts/${post}`,
    'admin/people/:handle': '/admin/people/author',
    'admin/vocabulary/:vocabulary': '/admin/vocabulary/barrier',
    'admin/vocabulary/:vocabulary/:slug': '/admin/vocabulary/barrier/cost',
    'admin/vocabulary/barrier/:kind/cues/:language': '/admin/vocabulary/barrier/cost/cues/en',
    'mod/people/:handle': '/mod/people/author',
    'mod/people/:handle/record': '/mod/people/author/record',
    'mod/practice/:id': '/mod/practice/practice-01',
    'mod/digests/:id': `/mod/digests/${digest.id}`,
    'decisions/:id': `/decisions/${decisionId}`,
    'decisions/:id/appeal': `/decisions/${decisionId}/appeal`,
    'digests/:scope': '/digests/KE',
    'digests/:scope/feed.xml': '/digests/KE/feed.xml',
    'digests/:scope/:period': '/digests/KE/2026-10',
    'digests/:scope/:period.json': '/digests/KE/2026-10.json',
    'digests/:scope/:period.csv': '/digests/KE/2026-10.csv',
    'digests/:scope/:period/card.png': '/digests/KE/2026-10/card.png',
    'digests/:scope/:period.bib': '/digests/KE/2026-10.bib',
    'digests/:scope/:period.cff': '/digests/KE/2026-10.cff',
    'digests/:scope/:period/v/:version': '/digests/KE/2026-10/v/1',
    'mod/digests/:id/preview': `/mod/digests/${draft.id}/preview`,
    'embed/c/:slug': '/embed/c/democratizing-ai-power',
    'embed/sent': `/embed/sent?thread=${thread.id}&back=/embed/t/${thread.id}`,
    'embed/problem/:status': '/embed/problem/404',
    'embed/t/:id': `/embed/t/${thread.id}`,
    'embed/regions/:m49': '/embed/regions/014',
    'api/v1/threads/:id': `/api/v1/threads/${thread.id}`,
    'transparency/:year': '/transparency/2026',
    'transparency/:year.csv': '/transparency/2026.csv',
    'problem/:status': '/problem/404',
    oembed: `/oembed?url=${encodeURIComponent(causeway.config.origin + thread.path)}`,
    '*': '/nothing/like/this',
    'api/*': '/api/nothing',
  };
  for (const path of [
    '',
    '/edit',
    '/delete',
    '/revisions',
    '/translate',
    '/translations',
    '/whole',
    '/quote',
    '/face',
    '/about',
    '/bookmark',
    '/quoted',
  ]) {
    EXAMPLES[`p/:id${path}`] = `/p/${post}${path}`;
  }
  EXAMPLES['p/:id/language'] = `/p/${post}/language`;
  EXAMPLES['p/:id/flag'] = `/p/${post}/flag`;
  const build = pathToFileURL(join(process.cwd(), 'build/routes.js')).href;
  const { routes } = (await import(build)) as { routes: Record<string, ServedRoute> };
  // The route without a path is the layout of all pages.
  served = Object.values(routes).filter(({ path, index }) => path || index);
});
afterAll(() => causeway.close());

/** The actions in the schema: its exported lists of actions. */
function actions(): string[] {
  const lists = Object.entries(moderation).filter(([name]) => name.endsWith('_ACTIONS'));
  const all = lists.flatMap(([, list]) => [...(list as unknown as readonly string[])]);
  return all.length > 0 ? all : ['hide', 'restore', 'approve', 'dismiss'];
}

interface Row {
  method: 'GET' | 'POST' | 'ACT';
  path: string;
  expected: string[];
}

const rows: Row[] = TABLE.split('\n')
  .map((line) => line.trim())
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [method = '', path = '', ...expected] = line.split(/\s+/);
    return { method: method as Row['method'], path, expected };
  });

const nameOf = ({ path, index }: ServedRoute) => (index ? '/' : (path ?? ''));

function addressOf(path: string): string {
  return EXAMPLES[path] ?? `/${path.replace(/^\//, '').replace(/:[a-z0-9]+\??/gi, 'none')}`;
}

async function ask({ method, path }: Row, role: Role): Promise<Answer> {
  const client = clients[role];
  if (method === 'GET') return client.get(addressOf(path));
  if (method === 'POST') return client.post(addressOf(path), FORMS[path] ?? {});
  return client.post(addressOf('mod/cases/:id'), { action: path });
}

interface Heard {
  said: string;
  /** The header by which a browser may keep a page that is for one person; null if it may not. */
  stored: string | null;
}

/** What was heard of each GET. It is asked once, because it changes nothing. */
const heard = new Map<string, Heard>();

async function hear(row: Row, role: Role): Promise<Heard> {
  const isRead = row.method === 'GET';
  const key = `${role} ${row.path}`;
  const known = isRead ? heard.get(key) : undefined;
  if (known) return known;
  const answer = await ask(row, role);
  const stored = isRead && mayBeStored(row.path, role, answer);
  const told = {
    said: said(answer),
    stored: stored ? String(answer.headers.get('Cache-Control')) : null,
  };
  if (isRead) heard.set(key, told);
  return told;
}

function said({ status, location }: Answer): string {
  if (status !== 303 && status !== 302 && status !== 301) return String(status);
  return location?.startsWith('/login') ? 'login' : 'on';
}

function isAs(expected: string | undefined, got: string): boolean {
  if (expected !== 'may') return expected === got;
  return !/^(?:login|401|403|404|405|5..)$/.test(got);
}

/** Pages on which people write for others; browsers put the text back only into what is stored. */
const WRITERS = [
  't/:id/:slug?',
  'threads/new',
  'barriers/new',
  'p/:id/edit',
  'p/:id/translate',
  'p/:id/flag',
  'report',
];

/** True if a browser may keep a page that was made for one person or has a secret in its URL. */
function mayBeStored(path: string, role: Role, { headers, status, text }: Answer): boolean {
  if (!headers.get('Content-Type')?.includes('text/html') || path.startsWith('embed/'))
    return false;
  const hasSecret = status === 200 && /\/:token|^login/.test(path);
  const forOne = text.includes('action="/logout"') || hasSecret;
  if (!forOne) return false;
  const expected =
    WRITERS.includes(path) && role !== 'anonymous' && status === 200
      ? 'private, no-cache'
      : 'private, no-store';
  return headers.get('Cache-Control')?.replace(/^no-store$/, 'private, no-store') !== expected;
}

describe('the permissions table', () => {
  it('has every route, and every form', () => {
    const has = (method: string, path: string) =>
      rows.some((row) => row.method === method && row.path === path);
    const missing = served.flatMap((route) => {
      const name = nameOf(route);
      const { loader, action, default: page } = route.module;
      return [
        ...((loader || page) && !has('GET', name) ? [`GET ${name}`] : []),
        ...(action && !has('POST', name) ? [`POST ${name}`] : []),
      ];
    });
    expect(missing).toEqual([]);
    const names = new Set(served.map(nameOf));
    const gone = rows.filter(({ method, path }) => method !== 'ACT' && !names.has(path));
    expect(gone).toEqual([]);
  });

  it('has every action of moderators', () => {
    const named = rows.filter(({ method }) => method === 'ACT').map(({ path }) => path);
    expect(actions().filter((action) => !named.includes(action))).toEqual([]);
  });

  it('has a value for each role in every row', () => {
    for (const row of rows) expect(row.expected.length, row.path).toBe(ROLES.length);
  });

  it('has no GET that changes anything, for anybody', async () => {
    // Made when it is first needed, once for an installation.
    await linkSecret(causeway.app);
    const before = await allRows(causeway);
    for (const row of rows.filter(({ method }) => method === 'GET')) {
      for (const role of ROLES) await hear(row, role);
    }
    expect(await allRows(causeway)).toBe(before);
  }, 180_000);

  it('matches the site’s responses, and no page for one person is stored', async () => {
    const wrong: string[] = [];
    const stored: string[] = [];
    for (const row of rows) {
      const got: string[] = [];
      for (const role of ROLES) {
        const one = await hear(row, role);
        got.push(one.said);
        if (one.stored !== null) stored.push(`${role} ${row.path}: ${one.stored}`);
      }
      if (row.expected.every((one, at) => isAs(one, got[at] ?? ''))) continue;
      wrong.push(`${row.method} ${row.path} ${got.join(' ')}`);
    }
    expect(wrong.join('\n')).toBe('');
    expect(stored.join('\n')).toBe('');
  }, 180_000);
});
