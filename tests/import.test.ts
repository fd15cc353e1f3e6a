import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { count, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { exportData } from '~/domain/import-export/export-data';
import { importConversation } from '~/domain/import-export/import-conversation';
import { seed } from '~/domain/import-export/seed';
import type { AppContext } from '~/platform/app-context';
import { meToos, postBarriers, posts, threads, users } from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';

const conversation = readFileSync('db/seed/demo/conversation.jsonl', 'utf8');

async function total(app: AppContext, table: typeof posts | typeof users | typeof meToos) {
  const [row] = await app.db.reader.select({ n: count() }).from(table);
  return row?.n ?? 0;
}

let causeway: TestCauseway;
let app: AppContext;

beforeAll(async () => {
  causeway = await startTestCauseway();
  app = causeway.app;
  await seed(app);
});
afterAll(() => causeway.close());

/** A contribution with the fields that a test is about. */
function line(fields: Record<string, unknown>): string {
  return JSON.stringify({
    id: 'x001',
    thread: 1,
    replyTo: null,
    author: 'writer',
    name: 'Writer',
    country: 'NG',
    industry: null,
    language: 'en',
    createdAt: '2026-10-01T00:00:00Z',
    body: 'A text.',
    barriers: [],
    pillars: [],
    faces: [],
    ...fields,
  });
}

describe('the seed', () => {
  it('opens five threads in order, once', async () => {
    const again = await seed(app);
    expect(again.made).toEqual([]);
    expect(again.known.length).toBe(5);
    const rows = await app.db.reader.select().from(threads).orderBy(threads.questionNumber);
    expect(rows.map((row) => row.questionNumber)).toEqual([1, 2, 3, 4, 5]);
    expect(rows.map((row) => row.id)).toEqual(['q1', 'q2', 'q3', 'q4', 'q5']);
    expect(new Set(rows.map((row) => row.state))).toEqual(new Set(['open']));
  });
});

describe('importing a conversation', () => {
  it('stores nothing in a dry run', async () => {
    const before = await total(app, posts);
    const report = await importConversation(app, conversation, { dryRun: true });
    expect(report).toEqual({ added: 69, known: 0, failed: [] });
    expect(await total(app, posts)).toBe(before);
  });

  it('takes every contribution with its author, place, kinds and faces', async () => {
    const report = await importConversation(app, conversation);
    expect(report).toEqual({ added: 69, known: 0, failed: [] });

    const [answer] = await app.db.reader.select().from(posts).where(eq(posts.id, 'd064'));
    // d064 answers d063, which answers d001: it stands under d001 and names what it answers.
    expect(answer).toMatchObject({ threadId: 'q1', parentId: 'd001', replyToId: 'd063' });
    const [first] = await app.db.reader.select().from(posts).where(eq(posts.id, 'd001'));
    expect(first).toMatchObject({
      country: 'NG',
      region: '011',
      industry: 'Q',
      language: 'en',
      state: 'visible',
      createdAt: Date.parse('2026-08-03T08:12:00Z'),
    });
    const kinds = await app.db.reader
      .select({ kind: postBarriers.kind })
      .from(postBarriers)
      .where(eq(postBarriers.postId, 'd004'));
    expect(kinds.map((row) => row.kind).sort()).toEqual(['compute', 'cost']);
    const faces = await app.db.reader
      .select({ handle: users.handle, country: meToos.country })
      .from(meToos)
      .innerJoin(users, eq(users.id, meToos.userId))
      .where(eq(meToos.postId, 'd001'));
    expect(faces.map((row) => `${row.handle} ${row.country}`).sort()).toEqual([
      'chidi_ml NG',
      'fatou_ngo SN',
      'kofi_dev GH',
    ]);
  });

  it('takes it twice and makes nothing twice', async () => {
    const before = [await total(app, posts), await total(app, users), await total(app, meToos)];
    const report = await importConversation(app, conversation);
    expect(report).toEqual({ added: 0, known: 69, failed: [] });
    expect([await total(app, posts), await total(app, users), await total(app, meToos)]).toEqual(
      before,
    );
  });

  it('gives its authors no way to log in', async () => {
    const [author] = await app.db.reader
      .select()
      .from(users)
      .where(eq(users.handleKey, 'kofi_dev'));
    expect(author).toMatchObject({ email: null, passwordHash: null, confirmedAt: null });
  });

  it('dates a thread by its newest contribution', async () => {
    const [thread] = await app.db.reader.select().from(threads).where(eq(threads.id, 'q1'));
    expect(thread?.activeAt).toBe(Date.parse('2026-10-31T08:20:00Z'));
  });

  it.each([
    ['not json', 'is not JSON'],
    [line({ thread: 6 }), 'thread'],
    [line({ thread: 'no-such-thread' }), 'thread no-such-thread does not exist'],
    [line({ replyTo: 'nobody' }), 'replyTo nobody does not exist'],
    [line({ thread: 2, replyTo: 'd001' }), 'stands in another thread'],
    [line({ country: 'XX' }), 'country is not an ISO 3166-1 alpha-2 code'],
    [line({ country: 'ng' }), 'country'],
    [line({ industry: 'Z' }), 'industry'],
    [line({ language: 'not a tag' }), 'language is not a BCP 47 language tag'],
    [line({ createdAt: 'yesterday' }), 'createdAt is not an ISO 8601 date and time'],
    [line({ body: '  ' }), 'body is empty'],
    [line({ body: 'x'.repeat(30_000) }), 'body is too-long'],
    [line({ body: '>'.repeat(6000) }), 'body is too-deep'],
    [line({ barriers: ['money'] }), 'barriers.0 is not a barrier kind'],
    [line({ pillars: ['pillar'] }), 'pillars.0 is not a pillar'],
    [line({ id: '../etc' }), 'id'],
    [line({ author: 'causeway' }), 'author causeway is reserved'],
    [line({ author: 'a b' }), 'author'],
    ['"text"', 'expected object'],
  ])('reports the bad line %# and takes its neighbours', async (bad, reason) => {
    const good = [line({ id: `a${Math.random()}`.replace('.', '') }), bad];
    const report = await importConversation(app, `${good.join('\n')}\n\n`);
    expect(report.added).toBe(1);
    expect(report.failed.length).toBe(1);
    expect(report.failed[0]?.line).toBe(2);
    expect(report.failed[0]?.reason).toContain(reason);
  });

  it('finds what an answer answers wherever in the file it stands', async () => {
    const text = [
      line({ id: 'later-2', replyTo: 'later-1' }),
      line({ id: 'later-1' }),
      line({ id: 'round-1', replyTo: 'round-2' }),
      line({ id: 'round-2', replyTo: 'round-1' }),
      line({ id: 'orphan', replyTo: 'deep' }),
      line({ id: 'deep', body: '>'.repeat(6000) }),
    ].join('\n');
    const report = await importConversation(app, text);
    expect(report.added).toBe(2);
    expect(report.failed.map((one) => one.line)).toEqual([3, 4, 5, 6]);
    const [row] = await app.db.reader.select().from(posts).where(eq(posts.id, 'later-2'));
    expect(row?.parentId).toBe('later-1');
  });

  it('refuses an id that stands twice with different texts', async () => {
    const text = [line({ id: 'twice', body: 'One.' }), line({ id: 'twice', body: 'Two.' })];
    const report = await importConversation(app, text.join('\n'));
    expect(report.added).toBe(1);
    expect(report.failed[0]).toMatchObject({ line: 2 });
  });
});

describe('exporting', () => {
  it('writes what import reads, and nothing that is hidden', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'causeway-export-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    await app.db.write((tx) =>
      tx.update(posts).set({ state: 'hidden' }).where(eq(posts.id, 'd017')),
    );
    await exportData(app.db.reader, folder);
    const exported = readFileSync(join(folder, 'contributions.jsonl'), 'utf8');
    expect(exported).not.toContain('RENT GPU');
    expect(readFileSync(join(folder, 'contributions.csv'), 'utf8')).not.toContain('RENT GPU');

    const other = await startTestCauseway();
    onTestFinished(() => other.close());
    await seed(other.app);
    const report = await importConversation(other.app, exported);
    expect(report.failed).toEqual([]);
    expect(report.added).toBe(exported.trim().split('\n').length);
    const again = mkdtempSync(join(tmpdir(), 'causeway-export-'));
    onTestFinished(() => rmSync(again, { recursive: true }));
    await exportData(other.app.db.reader, again);
    expect(readFileSync(join(again, 'contributions.jsonl'), 'utf8')).toBe(exported);
  });

  it('disarms formulas in the table', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'causeway-export-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    await importConversation(app, line({ id: 'formula', body: '=HYPERLINK("http://x")' }));
    await exportData(app.db.reader, folder);
    expect(readFileSync(join(folder, 'contributions.csv'), 'utf8')).toContain("'=HYPERLINK");
  });
});
