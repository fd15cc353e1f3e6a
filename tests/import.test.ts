import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { count, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { claimAccount } from '~/domain/accounts/auth/claim-account';
import { fillSkeletons } from '~/domain/accounts/users/accounts';
import { closeConversation } from '~/domain/forum/conversations/change';
import { exportData } from '~/domain/import-export/export-data';
import { importConversation } from '~/domain/import-export/import-conversation';
import { seed } from '~/domain/import-export/seed';
import { storeConversation } from '~/domain/import-export/store-conversation';
import type { AppContext } from '~/platform/app-context';
import {
  keyPointPosts,
  keyPoints,
  keyPointTexts,
  meToos,
  postBarriers,
  posts,
  threads,
  users,
} from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { runCommand } from './support/command';
import { addMember, addPost, addThread } from './support/community';

const conversation = readFileSync('db/seed/demo/conversation.jsonl', 'utf8');

async function total(app: AppContext, table: typeof posts | typeof users | typeof meToos) {
  const [row] = await app.db.reader.select({ n: count() }).from(table);
  return row?.n ?? 0;
}

/** Returns all files of an export, by name. */
async function exportOf({ app }: TestCauseway): Promise<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-export-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  await exportData(app, folder, { withPeople: true });
  const names = readdirSync(folder);
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

let causeway: TestCauseway;
let app: AppContext;

beforeAll(async () => {
  causeway = await startTestCauseway();
  app = causeway.app;
  await seed(app);
});
afterAll(() => causeway.close());

/** Returns a contribution with the given fields. */
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
    // d064 answers d063, which answers d001: it belongs to d001 and stores which post it answers.
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

  it('can be repeated without creating anything twice', async () => {
    const before = [await total(app, posts), await total(app, users), await total(app, meToos)];
    const report = await importConversation(app, conversation);
    expect(report).toEqual({ added: 0, known: 69, failed: [] });
    expect([await total(app, posts), await total(app, users), await total(app, meToos)]).toEqual(
      before,
    );
  });

  it('creates authors who cannot log in', async () => {
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
    [line({ thread: 2, replyTo: 'd001' }), 'is in another thread'],
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
    [line({ author: 'раypal' }), 'author must be in one script'],
    [line({ author: 'a\u200bb' }), 'author'],
    [line({ faces: ['ada', 'a b'] }), 'faces.1'],
    [line({ createdAt: '1989-12-31T23:59:59Z' }), 'createdAt is before 1990'],
    [line({ createdAt: '9999-12-31T23:59:59-12:00' }), 'createdAt is after tomorrow'],
    [line({ createdAt: '2026-11-03T09:00:01Z' }), 'createdAt is after tomorrow'],
    [line({ editedAt: '2026-12-01T00:00:00Z' }), 'editedAt is after tomorrow'],
    [line({ impact: 4 }), 'impact'],
    [line({ region: 'NG' }), 'region is not a UN M49 region'],
    ['"text"', 'expected object'],
  ])('reports the bad line %# and takes its neighbours', async (bad, reason) => {
    const good = [line({ id: `a${Math.random()}`.replace('.', '') }), bad];
    const report = await importConversation(app, `${good.join('\n')}\n\n`);
    expect(report.added).toBe(1);
    expect(report.failed.length).toBe(1);
    expect(report.failed[0]?.line).toBe(2);
    expect(report.failed[0]?.reason).toContain(reason);
  });

  it('finds the post that a reply answers anywhere in the file', async () => {
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

  it('refuses an id that occurs twice with different texts', async () => {
    const text = [line({ id: 'twice', body: 'One.' }), line({ id: 'twice', body: 'Two.' })];
    const report = await importConversation(app, text.join('\n'));
    expect(report.added).toBe(1);
    expect(report.failed[0]).toMatchObject({ line: 2 });
  });
});

describe('the people in an import', () => {
  const authorOf = async (postId: string) => {
    const [row] = await app.db.reader
      .select({ handle: users.handle, name: users.name, email: users.email })
      .from(posts)
      .innerJoin(users, eq(users.id, posts.authorId))
      .where(eq(posts.id, postId));
    return row;
  };

  it.each(['अमित', 'தமிழ்', 'กิตติ', 'မောင်', 'Andre\u0301', '李明'])(
    'may be called %s',
    async (author) => {
      const id = `n${Buffer.from(author).toString('hex')}`;
      const lines = [line({ id, author }), line({ id: `${id}-2`, replyTo: id, faces: [author] })];
      const report = await importConversation(app, lines.join('\n'));
      expect(report).toEqual({ added: 2, known: 0, failed: [] });
      expect((await authorOf(id))?.handle).toBe(author.normalize('NFC'));
    },
  );

  it('never are people who signed up here, until the operator says so', async () => {
    const member = await addMember(causeway, 'amina');
    const text = [
      line({ id: 'same-1', author: 'Amina', name: 'Amina of Jos', country: 'NG' }),
      line({ id: 'same-2', author: 'other', faces: ['amina'] }),
      line({ id: 'same-3', author: 'amina' }),
    ];
    const report = await importConversation(app, text.join('\n'));
    expect(report.failed).toEqual([]);
    expect(await authorOf('same-1')).toMatchObject({ handle: 'Amina-2', email: null });
    expect(await authorOf('same-3')).toMatchObject({ handle: 'Amina-2', name: 'Amina of Jos' });
    const said = await app.db.reader
      .select()
      .from(meToos)
      .innerJoin(users, eq(users.id, meToos.userId))
      .where(eq(meToos.postId, 'same-2'));
    expect(said.map((row) => row.users.handle)).toEqual(['Amina-2']);
    const [account] = await app.db.reader.select().from(users).where(eq(users.id, member.id));
    expect(account).toMatchObject({ name: null, country: null });

    await claimAccount(app, 'Amina-2', 'claimed@example.org');
    await importConversation(app, line({ id: 'same-4', author: 'amina' }));
    expect(await authorOf('same-4')).toMatchObject({ email: 'claimed@example.org' });
  });

  it('keep their names wherever they come first, and none that speaks for the site', async () => {
    const text = [
      line({ id: 'name-1', author: 'first', faces: ['second'] }),
      line({ id: 'name-2', author: 'second', name: 'Second' }),
      line({ id: 'name-3', author: 'third', name: 'Moderator' }),
    ];
    await importConversation(app, text.join('\n'));
    expect(await authorOf('name-2')).toMatchObject({ name: 'Second' });
    expect(await authorOf('name-3')).toMatchObject({ name: null });
  });

  it('have no name that looks like that of somebody with an account, and no pictures in it', async () => {
    await addMember(causeway, 'grace', { name: 'Grace Wanjiru', role: 'moderator' });
    await app.db.write(fillSkeletons);
    const text = [
      line({ id: 'look-1', author: 'fourth', name: 'GRACE WANJlRU' }),
      line({ id: 'look-2', author: 'fifth', name: '🌍 Kofi of @Accra\u3164' }),
      line({ id: 'look-3', author: 'sixth', name: 'Kofi of Accra' }),
    ];
    await importConversation(app, text.join('\n'));
    expect(await authorOf('look-1')).toMatchObject({ name: null });
    expect(await authorOf('look-2')).toMatchObject({ name: 'Kofi of Accra' });
    expect(await authorOf('look-3')).toMatchObject({ name: 'Kofi of Accra' });
  });

  it('are not imported with texts in which nothing can be seen', async () => {
    const report = await importConversation(app, line({ id: 'seen-1', body: '\u200b\u3164' }));
    expect(report).toMatchObject({ added: 0, failed: [{ line: 1, reason: 'body is empty' }] });
  });

  it('write in languages that are found by their canonical tags', async () => {
    await importConversation(app, line({ id: 'tag', language: 'PT-br' }));
    const [post] = await app.db.reader.select().from(posts).where(eq(posts.id, 'tag'));
    expect(post?.language).toBe('pt-BR');
  });
});

describe('exporting', () => {
  it('writes what an empty site imports, and gives again', async () => {
    const one = await startTestCauseway();
    onTestFinished(() => one.close());
    await seed(one.app);
    one.clock.set('2026-11-10T09:00:00Z');
    await importConversation(one.app, conversation);
    const ada = await addMember(one, 'ada', { name: 'Ada O.', country: 'GH' });
    const ben = await addMember(one, 'ben');
    const thread = await addThread(one, ada, 'Power in the clinic', {
      country: 'GH',
      region: '011',
    });
    await one.app.db.write((tx) =>
      tx.update(threads).set({ state: 'locked' }).where(eq(threads.id, thread.id)),
    );
    const facts = { impact: 3 as const, region: '014', barriers: ['cost' as const] };
    const first = await addPost(one, ada, thread.id, 'Too dear.', facts);
    const answer = { parentId: first, replyToId: first };
    const second = await addPost(one, ben, thread.id, 'Here too.', answer);
    one.clock.advance(3_600_000);
    const at = { createdAt: one.clock.now() };
    await one.app.db.write(async (tx) => {
      await tx.update(posts).set({ editedAt: at.createdAt }).where(eq(posts.id, second));
      await tx.insert(meToos).values([
        { postId: first, userId: ben.id, country: 'KE', ...at },
        { postId: second, userId: ada.id, country: null, ...at },
      ]);
      const point = { keyPointId: 'g1', saidBy: 'moderator', addedById: ada.id, ...at } as const;
      await tx.insert(keyPoints).values({ id: 'g1', kind: 'cost', region: '011', ...at });
      await tx
        .insert(keyPointPosts)
        .values(['d001', 'd042'].map((postId) => ({ postId, ...point })));
      await tx.insert(keyPointTexts).values({
        ...{ keyPointId: 'g1', language: 'en', title: 'Only cards', sentence: 'Cards only.' },
        ...{ proposedBy: 'person', acceptedById: ada.id, acceptedAt: at.createdAt },
      });
    });

    const { conversation: wells, made } = await storeConversation(
      one.app,
      {
        ...{ title: 'Wells', link: 'https://wells.example/', author: 'Rosa', language: 'es' },
        ...{ date: '2026-03-12', summaryPoints: ['One.', 'Two, too.'], introduction: 'Dry.' },
        pillars: [{ name: 'Learning', description: 'At school.', slug: 'education' }],
        glossary: [{ term: 'Well', definition: 'A hole.' }],
        questions: [{ number: 1, text: 'Who digs?' }],
      },
      { publish: true },
    );
    await addPost(one, ben, made[0]?.id ?? '', 'We dig.');
    await one.app.db.write((tx) => closeConversation(tx, wells.id, one.clock.now()));

    const exported = await exportOf(one);
    expect(exported['conversations.jsonl']).toContain('"term":"Well"');
    expect(exported['threads.jsonl']).toContain(`"conversation":"${wells.slug}"`);
    expect(exported['contributions.jsonl']).toContain('"impact":3');
    for (const isSeeded of [false, true]) {
      const other = await startTestCauseway();
      onTestFinished(() => other.close());
      other.clock.set('2026-12-24T09:00:00Z');
      if (isSeeded) await seed(other.app);
      const lines = [
        'key-point-titles',
        'key-points',
        'affirmations',
        'contributions',
        'threads',
        'conversations',
      ].map((name) => exported[`${name}.jsonl`]);
      const report = await importConversation(other.app, lines.join(''));
      expect(report.failed).toEqual([]);
      expect(await exportOf(other)).toEqual(exported);
      await seed(other.app);
      const again = await importConversation(other.app, lines.join(''));
      expect(again).toMatchObject({ added: 0, failed: [] });
      expect(await exportOf(other)).toEqual(exported);
    }
  });

  it('reads the folder back by the command', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'causeway-export-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    await exportData(app, folder);
    writeFileSync(join(folder, 'key-points.jsonl'), '{"id":"g9","contributions":["no","none"]}\n');
    const other = await startTestCauseway();
    onTestFinished(() => other.close());
    const { code, err } = await runCommand(other, ['import', folder]);
    expect(err).toMatch(/^key-points\.jsonl line 1: the posts do not exist/m);
    expect(code).toBe(1);
    expect(await total(other.app, posts)).toBeGreaterThan(60);
  });

  it('writes what import reads, and nothing that is hidden', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'causeway-export-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    await app.db.write((tx) =>
      tx.update(posts).set({ state: 'hidden' }).where(eq(posts.id, 'd017')),
    );
    await exportData(app, folder, { withPeople: true });
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
    await exportData(other.app, again, { withPeople: true });
    expect(readFileSync(join(again, 'contributions.jsonl'), 'utf8')).toBe(exported);
  });

  it('disarms formulas in the table', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'causeway-export-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    await importConversation(app, line({ id: 'formula', body: '=HYPERLINK("http://x")' }));
    await exportData(app, folder);
    expect(readFileSync(join(folder, 'contributions.csv'), 'utf8')).toContain("'=HYPERLINK");
  });
});
