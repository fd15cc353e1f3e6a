import { AsyncLocalStorage } from 'node:async_hooks';
import { inArray, max, sql } from 'drizzle-orm';
import { EVERYTHING, type NarrowTag, RULES, scopeOf, type TableKey, tableName } from './cache-tags';
import type { Db } from './dialect-types';
import { cacheTags } from './schema';
import { prepared } from './statement-cache';

interface Reading {
  /** The tags of everything read so far. */
  tags: Set<string>;
  /** The narrow tags that the current reads are limited to. */
  narrow: readonly NarrowTag[];
}

/** A page that depends on more tags than this depends on `EVERYTHING` instead. */
const MOST_TAGS = 128;

/** A marker among the tags: the result must not be stored for other people. */
const PRIVATE = 'private';

const reading = new AsyncLocalStorage<Reading>();

/** Runs `work`; returns the tags of what it read, or null if others must not be given it. */
export async function trackReads<T>(
  work: () => Promise<T>,
): Promise<{ result: T; tags: string[] | null }> {
  const tags = new Set<string>();
  const result = await reading.run({ tags, narrow: [] }, work);
  if (tags.has(PRIVATE)) return { result, tags: null };
  return { result, tags: tags.size > MOST_TAGS ? [EVERYTHING] : [...tags] };
}

/** What was read, with what is needed to tell later whether it still holds. */
interface Versioned<T> {
  result: T;
  /** The tags of everything that was read; null if others must not be given the result. */
  tags: string[] | null;
  /** The newest version among the tags. */
  version: number;
  /** True if none of it changed meanwhile: the result may be kept for as long as the version is the same. */
  settled: boolean;
}

/** Runs `work` as `trackReads` does, between two looks at the versions of what it reads. */
export async function readAtVersion<T>(db: Db, work: () => Promise<T>): Promise<Versioned<T>> {
  const before = await versionOfTags(db, [EVERYTHING]);
  const { result, tags } = await trackReads(work);
  const version = await versionOfTags(db, tags ?? []);
  return { result, tags, version, settled: tags !== null && version <= before };
}

/**
 * Runs reads whose result depends only on rows covered by these tags, for example "everything read
 * here is in this thread". The caller guarantees this; without it, a read depends on all rows of
 * its tables.
 */
export async function narrowReads<T>(
  narrow: readonly NarrowTag[],
  work: () => Promise<T>,
): Promise<T> {
  const now = reading.getStore();
  // Awaited inside: a query runs when it is awaited, not when it is built.
  return now ? reading.run({ ...now, narrow }, async () => await work()) : work();
}

/** The tags for all rows of one thread and the names of its people. */
export function ofThread(id: string): NarrowTag[] {
  return [`thread:${id}`, 'people'];
}

/** Records that a statement reads these tables; called by the connections for reading. */
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

/** Records that what is being made depends on these tags; null if others must not be given it. */
export function noteTags(tags: readonly string[] | null): void {
  for (const tag of tags ?? [PRIVATE]) reading.getStore()?.tags.add(tag);
}

/** Records that the page being made must not be stored for other people. */
export function refuseToStore(): void {
  reading.getStore()?.tags.add(PRIVATE);
}

/** Returns the newest version of the tags: while it is the same, none of their rows changed. */
export async function newestVersion(db: Db, tags: readonly string[]): Promise<number> {
  const places = Math.ceil(tags.length / SELECT_STEP) * SELECT_STEP;
  if (places === 0) return 0;
  const select = selects.get(places) ?? makeSelect(places);
  selects.set(places, select);
  const [row] = await select(db, { ...Array.from({ length: places }, (_, n) => tags[n] ?? '') });
  return row?.version ?? 0;
}

/** Returns the newest version of whole tables: a page whose making asks for it depends on them. */
export async function versionOfTables(db: Db, tables: readonly TableKey[]): Promise<number> {
  noteRead(tables);
  return versionOfTags(db, tables.map(tableName));
}

/** Like `newestVersion`, while a page is made: the versions themselves are no part of it. */
export function versionOfTags(db: Db, tags: readonly string[]): Promise<number> {
  return reading.exit(() => newestVersion(db, tags));
}

/** Prepared for 8, 16, … tags, because it runs before each stored page is sent. */
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
