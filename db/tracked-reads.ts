import { AsyncLocalStorage } from 'node:async_hooks';
import { inArray, max, sql } from 'drizzle-orm';
import { EVERYTHING, type NarrowTag, RULES, scopeOf, type TableKey, tableName } from './cache-tags';
import type { Db } from './database';
import { cacheTags } from './schema';
import { prepared } from './statement-cache';

interface Reading {
  /** Of all that was read so far. */
  tags: Set<string>;
  /** What the reads of the moment say they are limited to. */
  narrow: readonly NarrowTag[];
}

/** What depends on more than so many tags depends on everything. */
const MOST_TAGS = 128;

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
  if (tags.has(PRIVATE)) return { result, tags: null };
  return { result, tags: tags.size > MOST_TAGS ? [EVERYTHING] : [...tags] };
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
    const rule = RULES[table];
    const narrow = now.narrow.filter((tag) => rule?.[scopeOf(tag)]);
    for (const tag of narrow.length > 0 ? narrow : [tableName(table)]) now.tags.add(tag);
    if (!rule) now.tags.add(PRIVATE);
  }
}

/** Takes note that what is being made must not be kept for others. */
export function refuseToStore(): void {
  reading.getStore()?.tags.add(PRIVATE);
}

/** The newest version among tags: while it is the same, so is everything they stand for. */
export async function newestVersion(db: Db, tags: readonly string[]): Promise<number> {
  const places = Math.ceil(tags.length / SELECT_STEP) * SELECT_STEP;
  if (places === 0) return 0;
  const select = selects.get(places) ?? makeSelect(places);
  selects.set(places, select);
  const [row] = await select(db, { ...Array.from({ length: places }, (_, n) => tags[n] ?? '') });
  return row?.version ?? 0;
}

/** Prepared for 8 tags, 16 …: it is done before each page that is sent again. */
const SELECT_STEP = 8;
const selects = new Map<number, ReturnType<typeof makeSelect>>();

function makeSelect(places: number) {
  const tags = Array.from({ length: places }, (_, n) => sql.placeholder(String(n)));
  return prepared((db) =>
    db
      .select({ version: max(cacheTags.version) })
      .from(cacheTags)
      .where(inArray(cacheTags.tag, tags)),
  );
}
