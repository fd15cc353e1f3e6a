import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EVERYTHING } from './cache-tags';
import type { Db } from './database';
import {
  cacheTags,
  countedReports,
  keyPointPosts,
  keyPoints,
  limits,
  meToos,
  posts,
  settings,
  threads,
  users,
} from './schema';
import { migrateSqlite, openSqlite } from './sqlite';
import { tablesNamedIn } from './statement-tables';
import { narrowReads, newestVersion, ofThread, refuseToStore, trackReads } from './tracked-reads';

const MIGRATIONS = 'db/migrations/sqlite';

/** A new database with one person and two threads, each with one post. */
async function useDatabase() {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-tags-'));
  const file = join(folder, 'causeway.db');
  const url = `file:${file}`;
  migrateSqlite(url, MIGRATIONS);
  const database = openSqlite(url, MIGRATIONS);
  onTestFinished(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });
  const { reader, write } = database;
  await write(async (tx) => {
    await tx.insert(users).values({ id: 'u', handle: 'u', handleKey: 'u', createdAt: 0 });
    for (const id of ['one', 'two']) {
      const facts = { language: 'en', authorId: 'u', createdAt: 0 };
      await tx
        .insert(threads)
        .values({ ...facts, id, slug: id, title: id, state: 'open', activeAt: 0 });
      const text = { body: id, html: id, excerpt: id };
      await tx
        .insert(posts)
        .values({ ...facts, ...text, id: `in ${id}`, threadId: id, state: 'visible' });
    }
  });
  const versions = async () =>
    new Map((await reader.select().from(cacheTags)).map(({ tag, version }) => [tag, version]));
  /** Returns the tags that get a new version when `work` runs. */
  async function bumpedBy(work: (tx: Db) => Promise<unknown>): Promise<string[]> {
    const before = await versions();
    await write(async (tx) => {
      await work(tx);
    }).catch(() => undefined);
    const after = await versions();
    return [...after.keys()].filter((tag) => after.get(tag) !== before.get(tag)).sort();
  }
  return { file, url, reader, write, bumpedBy };
}

describe('a change', () => {
  it('bumps the tag of its table and its narrow tags', async () => {
    const { bumpedBy } = await useDatabase();
    const faced = { postId: 'in one', userId: 'u', createdAt: 0 };
    expect(await bumpedBy((tx) => tx.insert(meToos).values(faced))).toEqual([
      ...['*', 'me_toos', 'thread:one'],
    ]);
    expect(
      await bumpedBy(async (tx) => {
        const point = { kind: 'cost', region: '011', createdAt: 0 };
        await tx.insert(keyPoints).values({ ...point, id: 'into' });
        await tx.insert(keyPoints).values({ ...point, id: 'k', mergedIntoId: 'into' });
        const member = { keyPointId: 'k', saidBy: 'moderator', createdAt: 0 } as const;
        await tx.insert(keyPointPosts).values({ ...member, postId: 'in two' });
      }),
    ).toEqual([
      ...['*', 'keyPoint:into', 'keyPoint:k', 'key_point_posts', 'key_points', 'thread:two'],
    ]);
    const move = { threadId: 'one' };
    expect(
      await bumpedBy((tx) => tx.update(posts).set(move).where(eq(posts.id, 'in two'))),
    ).toEqual(['*', 'keyPoint:k', 'posts', 'thread:one', 'thread:two']);
    expect(await bumpedBy((tx) => tx.update(threads).set({ questionNumber: 1 }))).toEqual([
      ...['*', 'questions', 'thread:one', 'thread:two', 'threads'],
    ]);
    const report = { personId: 'u', postId: 'in one', kind: 'cost', pillar: '', place: 'NG' };
    const createdAt = Date.parse('2026-09-30T23:59:59Z');
    expect(
      await bumpedBy((tx) =>
        tx.insert(countedReports).values({ ...report, createdAt, saidBy: 'author' }),
      ),
    ).toEqual(['*', 'counted_reports', 'reports:2026-09']);
    const later = { createdAt: createdAt + 1000 };
    expect(await bumpedBy((tx) => tx.update(countedReports).set(later))).toEqual([
      ...['*', 'counted_reports', 'reports:2026-09', 'reports:2026-10'],
    ]);
  });

  it('bumps the tags of cascaded rows', async () => {
    const { write, bumpedBy } = await useDatabase();
    await write((tx) => tx.insert(meToos).values({ postId: 'in one', userId: 'u', createdAt: 0 }));
    expect(await bumpedBy((tx) => tx.delete(posts).where(eq(posts.id, 'in one')))).toEqual([
      ...['*', 'me_toos', 'posts', 'thread:one'],
    ]);
  });

  it('bumps the tag of people only if a shown column changes', async () => {
    const { bumpedBy } = await useDatabase();
    expect(await bumpedBy((tx) => tx.update(users).set({ name: 'U' }))).toEqual([
      ...['*', 'people', 'users'],
    ]);
    expect(await bumpedBy((tx) => tx.update(users).set({ passwordHash: 'x' }))).toEqual([
      ...['*', 'users'],
    ]);
  });

  it('bumps nothing if it changes no row, is rolled back, or is on no page', async () => {
    const { bumpedBy } = await useDatabase();
    expect(await bumpedBy((tx) => tx.delete(users).where(eq(users.id, 'nobody')))).toEqual([]);
    const failing = async (tx: Db) => {
      await tx.update(users).set({ name: 'U' });
      throw new Error('changed my mind');
    };
    expect(await bumpedBy(failing)).toEqual([]);
    const use = { key: 'k', points: 1, expiresAt: 1 };
    expect(await bumpedBy((tx) => tx.insert(limits).values(use))).toEqual([]);
  });

  it('bumps whatever program makes it, and versions only grow', async () => {
    const { file, reader } = await useDatabase();
    let last = await newestVersion(reader, [EVERYTHING]);
    const other = new Sqlite(file);
    onTestFinished(() => void other.close());
    for (let n = 0; n < 50; n++) {
      other.exec(`insert or replace into settings values ('n', '${n}')`);
      const version = await newestVersion(reader, ['settings', 'nothing']);
      expect(version).toBeGreaterThan(last);
      expect(await newestVersion(reader, [EVERYTHING])).toBe(version);
      last = version;
    }
  });
});

describe('the triggers', () => {
  it('are recreated by the next migration', async () => {
    const { file, url, bumpedBy } = await useDatabase();
    const other = new Sqlite(file);
    onTestFinished(() => void other.close());
    const name = 'cache_tags_settings_insert';
    other.exec(
      `drop trigger ${name}; create trigger ${name} after insert on settings begin select 1; end`,
    );
    const put = (key: string) => (tx: Db) => tx.insert(settings).values({ name: key, value: '' });
    expect(await bumpedBy(put('a'))).toEqual([]);
    migrateSqlite(url, MIGRATIONS);
    expect(await bumpedBy(put('b'))).toEqual(['*', 'settings']);
  });
});

describe('a read', () => {
  const tagsOf = async (work: () => Promise<unknown>) => (await trackReads(work)).tags?.sort();

  it('depends on all rows of its tables, unless it declares a narrower scope', async () => {
    const { reader } = await useDatabase();
    const query = () => reader.select().from(posts).innerJoin(users, eq(users.id, posts.authorId));
    expect(await tagsOf(async () => await query())).toEqual(['posts', 'users']);
    expect(await tagsOf(() => narrowReads(ofThread('one'), query))).toEqual([
      ...['people', 'thread:one'],
    ]);
    // Settings belong to no thread.
    const both = async () => [await query(), await reader.select().from(settings)];
    expect(await tagsOf(() => narrowReads(ofThread('one'), both))).toEqual([
      ...['people', 'settings', 'thread:one'],
    ]);
    expect(await tagsOf(async () => undefined)).toEqual([]);
  });

  it('of private tables, and a write, prevent storing', async () => {
    const { reader, write } = await useDatabase();
    expect(await tagsOf(async () => await reader.select().from(limits))).toBeUndefined();
    expect(await tagsOf(() => write(async () => undefined))).toBeUndefined();
    expect(
      await tagsOf(() => narrowReads(ofThread('one'), async () => refuseToStore())),
    ).toBeUndefined();
  });

  it('is only possible for known tables', async () => {
    const { file } = await useDatabase();
    const look = new Sqlite(file, { readonly: true });
    onTestFinished(() => void look.close());
    const tables = look
      .prepare("select name from sqlite_master where type in ('table', 'view')")
      .pluck()
      .all() as string[];
    const unknown = tables.filter((name) => tablesNamedIn(`select * from "${name}"`).length === 0);
    expect(unknown.filter((name) => !/^(search_text_|sqlite_|__drizzle)/.test(name))).toEqual([]);
  });
});
