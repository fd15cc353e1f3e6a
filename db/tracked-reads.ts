import { AsyncLocalStorage } from 'node:async_hooks';
import { inArray, max, sql } from 'drizzle-orm';
import { isInScope, type NarrowTag, RULES, scopeOf, type TableKey, tableName } from './cache-tags';
import type { Db } from './database';
import { cacheTags } from './schema';
import { prepared } from './statement-cache';

interface Reading {
  /** Of all that was read so far. */
  tags: Set<string>;
  /** What the reads of the moment say they are limited to. */
  narrow: readonly NarrowTag[];
}

/** Stands among the tags of what must not be kept for others. */
const PRIVATE = 'private';

const reading = new AsyncLocalStorage<Reading>();

/**
 * Runs `work` and gives the tags of all it read; null where what it made must not be kept for
 * others.
 */
export async function trackReads<T>(
  work: () => Promise<T>,
): Promise<{ result: T; tags: string[] | null }> {
  const tags = new Set<string>();
  const result = await reading.run({ tags, narrow: [] }, work);
  return { result, tags: tags.has(PRIVATE) ? null : [...tags] };
}

/**
 * Runs reads that look at nothing but rows of which these tags stand for every change: "all that
 * is read here is in this thread". Whoever says so answers for it; without it, a read depends on
 * all rows of its tables.
 */
export async function narrowReads<T>(
  narrow: readonly NarrowTag[],
  work: () => Promise<T>,
): Promise<T> {
  const now = reading.getStore();
  // Awaited in here: a query runs when it is waited for, not when it is written down.
  return now ? reading.run({ ...now, narrow }, async () => await work()) : work();
}

/** All rows of one thread and how its people are shown. */
export function ofThread(id: string): NarrowTag[] {
  return [`thread:${id}`, 'people'];
}

/** Takes note that a statement reads these tables; for connections that are read on. */
export function noteRead(tables: readonly TableKey[]): void {
  const now = reading.getStore();
  if (!now) return;
  for (const table of tables) {
    if (RULES[table] === null) now.tags.add(PRIVATE);
    const narrow = now.narrow.filter((tag) => isInScope(table, scopeOf(tag)));
    for (const tag of narrow.length > 0 ? narrow : [tableName(table)]) now.tags.add(tag);
  }
}

/** Takes note that what is being made must not be kept for others. */
export function refuseToStore(): void {
  reading.getStore()?.tags.add(PRIVATE);
}

/** The newest version among tags: while it is the same, so is everything they stand for. */
export async function newestVersion(db: Db, tags: readonly string[]): Promise<number> {
  if (tags.length === 0) return 0;
  const [row] = await selectNewest(tags.length)(db, { ...tags });
  return row?.version ?? 0;
}

type SelectNewest = ReturnType<typeof makeSelect>;

/** By how many tags are asked for at once: it is done before each page that is sent again. */
const selects = new Map<number, SelectNewest>();

function selectNewest(count: number): SelectNewest {
  const known = selects.get(count) ?? makeSelect(count);
  selects.set(count, known);
  return known;
}

function makeSelect(count: number) {
  const tags = Array.from({ length: count }, (_, n) => sql.placeholder(String(n)));
  return prepared((db) =>
    db
      .select({ version: max(cacheTags.version) })
      .from(cacheTags)
      .where(inArray(cacheTags.tag, tags)),
  );
}
