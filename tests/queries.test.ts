import { readFileSync } from 'node:fs';
import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDemo, DEMO_ACCOUNTS, DEMO_PASSWORD } from '~/domain/import-export/demo';
import { importConversation } from '~/domain/import-export/import-conversation';
import { DIALECT } from '~db/dialect';
import { isAfter, isBefore } from '~db/position';
import { keyPointPosts, posts } from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import type { Client } from './support/client';
import { queriesOf, statementsOf, withoutKept, wordingsOf } from './support/queries';

/** One URL of each kind of page for readers, and further ones for members. */
const READERS = [
  '/',
  '/threads',
  '/threads?sort=top&region=002',
  '/c/democratizing-ai-power',
  '/t/q1/biggest-barrier',
  '/t/q1/biggest-barrier?page=2',
  '/p/d001/revisions',
  '/p/d001/translations',
  '/search?q=clinic',
  '/barriers',
  '/barriers/kinds/cost',
  '/countries/NG',
  '/regions/011',
  '/pillars/education',
  '/digests',
  '/digests/world',
  '/digests/world/2026-10',
  '/u/kofi_dev',
  '/moderation',
  '/glossary',
  '/accessibility',
  '/about',
  '/login',
  '/feed.xml',
  '/t/q1/feed.xml',
  '/regions/011/feed.xml',
  '/sitemap.xml',
  '/nothing-here',
];
const MEMBERS = [
  '/',
  '/threads',
  '/t/q1/biggest-barrier',
  '/threads/new',
  '/notifications',
  '/following',
  '/bookmarks',
  '/drafts',
  '/settings',
];

/**
 * Far above what any page needs: a page that exceeds it runs queries in a loop. Each language in a
 * list needs two index lookups, and the conversation has ten. Counted while nothing is kept.
 */
const MOST = 46;

const conversation = readFileSync('db/seed/demo/conversation.jsonl', 'utf8');

let causeway: TestCauseway;
let reader: Client;
let member: Client;
/** Which posts of the conversation are in key points. */
let firstMembers: (typeof keyPointPosts.$inferSelect)[];

beforeAll(async () => {
  causeway = await startTestCauseway();
  await buildDemo(causeway.app, conversation);
  // The demo adds replies that are not in the file.
  const inFile = new Set(
    conversation
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).id),
  );
  const members = await causeway.app.db.reader.select().from(keyPointPosts);
  firstMembers = members.filter(({ postId }) => inFile.has(postId));
  expect(firstMembers.length).toBeGreaterThan(0);
  reader = causeway.client();
  member = causeway.client();
  const login = { email: DEMO_ACCOUNTS.member.email, password: DEMO_PASSWORD };
  expect((await member.post('/login', login)).status).toBe(303);
});
afterAll(() => causeway.close());

async function countAll(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const path of READERS) counts[`reader ${path}`] = await queriesOf(reader, path);
  for (const path of MEMBERS) counts[`member ${path}`] = await queriesOf(member, path);
  return counts;
}

/** Returns the conversation again, with other authors. */
function again(round: number): string {
  return conversation
    .trim()
    .split('\n')
    .map((line) => {
      const one = JSON.parse(line);
      const other = (name: string | null) => name && `${name}_${round}`;
      const { id, author, replyTo, faces } = one;
      return JSON.stringify({
        ...one,
        ...{ id: other(id), author: other(author), replyTo: other(replyTo) },
        faces: faces.map(other),
      });
    })
    .join('\n');
}

/** Puts the posts that were written again into the key points of the first ones. */
async function joinKeyPoints(round: number): Promise<void> {
  const rows = firstMembers.map((row) => ({ ...row, postId: `${row.postId}_${round}` }));
  await causeway.app.db.write((tx) => tx.insert(keyPointPosts).values(rows));
}

describe('a page', () => {
  it('needs few queries, and no more with four times as many posts', async () => {
    // The first visit may run queries whose results are then cached.
    await countAll();
    const before = await withoutKept(causeway, countAll);
    if (process.env.PRINT_QUERIES) console.table(before);
    for (const [page, count] of Object.entries(before)) {
      expect(count, page).toBeLessThanOrEqual(MOST);
    }
    for (const round of [2, 3, 4]) {
      const { failed } = await importConversation(causeway.app, again(round));
      expect(failed).toEqual([]);
      await joinKeyPoints(round);
    }
    expect(await withoutKept(causeway, countAll)).toEqual(before);
  }, 120_000);
});

/**
 * How many queries a hot path still puts into words at each request, on SQLite: those that are not prepared.
 * Lower a number where you prepare one.
 */
const WORDINGS: Record<string, number> = {
  '/': 5,
  '/threads': 0,
  '/t/q1/biggest-barrier': 2,
  '/search?q=clinic': 0,
  '/barriers': 0,
  '/regions/011': 19,
};
const WORDINGS_OF_A_REPLY = 4;
/** Of a reply and its thread's page, of which nothing can be kept. */
const WORDINGS_OF_A_CHANGED_PAGE = 5;

/** How many statements a reply runs, on either database, with those of its transaction. */
const STATEMENTS_OF_A_REPLY = 38;

let replies = 0;
const reply = () =>
  member.post('/t/q1', { body: `The line failed again, and nobody came: ${replies++}.` });

describe.runIf(DIALECT === 'sqlite')('a hot path', () => {
  it('puts no more queries into words than before', async () => {
    const visitor = causeway.client();
    visitor.cookies.set('causeway_session', 'opens-nothing');
    const counted = async (ask: () => Promise<{ status: number }>) => {
      // The first ones prepare queries, and read what is kept then.
      for (const _ of [1, 2]) expect([200, 303]).toContain((await ask()).status);
      return wordingsOf(ask);
    };
    for (const [path, most] of Object.entries(WORDINGS)) {
      for (const client of [visitor, member]) {
        expect(await counted(() => client.get(path)), path).toBeLessThanOrEqual(most);
      }
    }
    expect(await counted(reply)).toBeLessThanOrEqual(WORDINGS_OF_A_REPLY);
    const changed = async () => {
      await reply();
      return visitor.get('/t/q1/biggest-barrier');
    };
    expect(await counted(changed)).toBeLessThanOrEqual(WORDINGS_OF_A_CHANGED_PAGE);
  });
});

it('stores a reply with few statements', async () => {
  await reply();
  expect(await statementsOf(reply)).toBeLessThanOrEqual(STATEMENTS_OF_A_REPLY);
});

describe.runIf(DIALECT === 'sqlite')('a list read on from a row', () => {
  it.each([
    ['after', isAfter, 'created_at>?'],
    ['before', isBefore, 'created_at<?'],
  ] as const)('reads only what is %s it, by the index', async (_, isBeyond, range) => {
    const query = causeway.app.db.reader
      .select({ id: posts.id })
      .from(posts)
      .where(and(eq(posts.state, 'visible'), isBeyond({ createdAt: 5, id: 'a' }, posts)))
      .orderBy(asc(posts.createdAt));
    const reader = causeway.app.db.reader as unknown as { all(of: SQL): { detail: string }[] };
    const plan = await reader.all(sql`explain query plan ${query.getSQL()}`);
    expect(plan.map(({ detail }) => detail).join()).toContain(range);
  });
});
