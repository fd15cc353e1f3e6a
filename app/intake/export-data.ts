import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { Db } from '../../db/client';
import {
  affirmations,
  digests,
  postBarriers,
  postPillars,
  posts,
  threadPillars,
  threads,
  users,
} from '../../db/schema';
import { publicPost, publicThread } from '../conversation/visibility';
import { csv } from '../csv';

export interface ExportReport {
  threads: number;
  contributions: number;
  digests: number;
}

/** Rows read at a time, so that a large site does not fill the memory at once. */
const BATCH = 500;

const CONTRIBUTION_COLUMNS = [
  'id',
  'thread',
  'replyTo',
  'author',
  'name',
  'country',
  'industry',
  'language',
  'createdAt',
  'body',
  'barriers',
  'pillars',
  'faces',
] as const;

/**
 * Writes all public data into a folder, as JSON Lines and as CSV: threads, contributions (in the
 * exchange format that `import` reads) and published digests. What is hidden, held or deleted is
 * in none of them.
 */
export async function exportData(db: Db, folder: string): Promise<ExportReport> {
  mkdirSync(folder, { recursive: true });
  const threadRows = await publicThreads(db);
  const contributions = await publicContributions(db);
  const digestRows = await publishedDigests(db);

  writeLines(folder, 'threads.jsonl', threadRows);
  writeFileSync(join(folder, 'threads.csv'), table(Object.keys(THREAD_SHAPE), threadRows));
  writeLines(folder, 'contributions.jsonl', contributions);
  writeFileSync(join(folder, 'contributions.csv'), table(CONTRIBUTION_COLUMNS, contributions));
  writeLines(folder, 'digests.jsonl', digestRows);
  return {
    threads: threadRows.length,
    contributions: contributions.length,
    digests: digestRows.length,
  };
}

type Cell = string | number | null | string[];

const THREAD_SHAPE = {
  id: '',
  slug: '',
  title: '',
  author: '',
  language: '',
  createdAt: '',
  questionNumber: null,
  pillars: [],
  body: '',
} satisfies Record<string, Cell>;

async function publicThreads(db: Db) {
  const rows = await db
    .select({
      id: threads.id,
      slug: threads.slug,
      title: threads.title,
      author: users.handle,
      language: threads.language,
      createdAt: threads.createdAt,
      questionNumber: threads.questionNumber,
    })
    .from(threads)
    .innerJoin(users, eq(users.id, threads.authorId))
    .where(publicThread())
    .orderBy(asc(threads.createdAt), asc(threads.id));
  const pillars = group(
    await db
      .select({ key: threadPillars.threadId, value: threadPillars.pillar })
      .from(threadPillars),
  );
  const openings = group(
    await db
      .select({ key: posts.threadId, value: posts.body })
      .from(posts)
      .innerJoin(threads, eq(threads.id, posts.threadId))
      .where(and(eq(posts.isOpening, true), publicPost())),
  );
  return rows.map((row) => ({
    ...row,
    createdAt: new Date(row.createdAt).toISOString(),
    pillars: pillars.get(row.id) ?? [],
    body: openings.get(row.id)?.[0] ?? '',
  }));
}

async function publicContributions(db: Db) {
  const all: Record<(typeof CONTRIBUTION_COLUMNS)[number], Cell>[] = [];
  let after = '';
  for (;;) {
    const rows = await db
      .select({
        id: posts.id,
        thread: threads.slug,
        replyTo: posts.replyToId,
        author: users.handle,
        name: users.name,
        country: posts.country,
        industry: posts.industry,
        language: posts.language,
        createdAt: posts.createdAt,
        body: posts.body,
      })
      .from(posts)
      .innerJoin(threads, eq(threads.id, posts.threadId))
      .innerJoin(users, eq(users.id, posts.authorId))
      .where(and(publicPost(), eq(posts.isOpening, false), gt(posts.id, after)))
      .orderBy(asc(posts.id))
      .limit(BATCH);
    const last = rows.at(-1);
    if (!last) break;
    after = last.id;
    all.push(...(await withLists(db, rows)));
  }
  const shown = new Set(all.map((row) => row.id));
  // An answer to something that is no longer public stands as a contribution of its own.
  return all
    .map((row) => ({ ...row, replyTo: shown.has(row.replyTo ?? '') ? row.replyTo : null }))
    .sort((a, b) => compare(a.createdAt, b.createdAt) || compare(a.id, b.id));
}

async function withLists<R extends { id: string; createdAt: number }>(db: Db, rows: R[]) {
  const ids = rows.map((row) => row.id);
  const barriers = group(
    await db
      .select({ key: postBarriers.postId, value: postBarriers.kind })
      .from(postBarriers)
      .where(inArray(postBarriers.postId, ids)),
  );
  const pillars = group(
    await db
      .select({ key: postPillars.postId, value: postPillars.pillar })
      .from(postPillars)
      .where(inArray(postPillars.postId, ids)),
  );
  const faces = group(
    await db
      .select({ key: affirmations.postId, value: users.handle })
      .from(affirmations)
      .innerJoin(users, eq(users.id, affirmations.userId))
      .where(inArray(affirmations.postId, ids)),
  );
  return rows.map((row) => ({
    ...row,
    createdAt: new Date(row.createdAt).toISOString(),
    barriers: barriers.get(row.id) ?? [],
    pillars: pillars.get(row.id) ?? [],
    faces: faces.get(row.id) ?? [],
  }));
}

async function publishedDigests(db: Db) {
  const rows = await db
    .select({
      id: digests.id,
      scope: digests.scope,
      period: digests.period,
      version: digests.version,
      contentHash: digests.contentHash,
      publishedAt: digests.publishedAt,
    })
    .from(digests)
    .where(eq(digests.state, 'published'))
    .orderBy(asc(digests.publishedAt), asc(digests.id));
  return rows.map((row) => ({
    ...row,
    publishedAt: new Date(row.publishedAt ?? 0).toISOString(),
    url: `/digests/${row.scope}/${row.period}.json`,
  }));
}

function group(rows: { key: string; value: string }[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { key, value } of rows) {
    const list = groups.get(key);
    if (list) list.push(value);
    else groups.set(key, [value]);
  }
  for (const list of groups.values()) list.sort(compare);
  return groups;
}

function compare(a: Cell, b: Cell): number {
  const [x, y] = [String(a), String(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function writeLines(folder: string, name: string, rows: readonly object[]): void {
  writeFileSync(join(folder, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

function table(columns: readonly string[], rows: readonly Record<string, Cell>[]): string {
  return csv(
    columns,
    rows.map((row) =>
      columns.map((column) => {
        const value = row[column] ?? null;
        return Array.isArray(value) ? value.join(' ') : value;
      }),
    ),
  );
}
