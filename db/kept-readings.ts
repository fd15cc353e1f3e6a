import { LRUCache } from 'lru-cache';
import type { Db } from './dialect-types';
import { noteTags, readAtVersion, versionOfTags } from './tracked-reads';

/** Readings kept in each process; a page of a thread is about 100 kB. */
const MOST_KEPT = 200;

interface Kept {
  result: unknown;
  /** The tags of everything that was read. */
  tags: string[];
  /** The newest version among them when it was read. */
  version: number;
}

/** See `Database.kept`. */
export type KeptReadings = <T>(key: string, read: (db: Db) => Promise<T>) => Promise<T>;

/**
 * Keeps what was read for as long as no row that it depends on changes, by the same rule as stored
 * pages (decision 38): one query asks for the newest version of what it read.
 */
export function keptReadings(reader: Db): KeptReadings {
  const store = new LRUCache<string, Kept>({ max: MOST_KEPT });
  return async <T>(key: string, read: (db: Db) => Promise<T>): Promise<T> => {
    const known = store.get(key);
    if (known && known.version === (await versionOfTags(reader, known.tags))) {
      noteTags(known.tags);
      return known.result as T;
    }
    // Awaited inside: a query runs when it is awaited, not when it is built.
    const made = await readAtVersion(reader, async () => await read(reader));
    const { result, tags, version } = made;
    noteTags(tags);
    if (tags && made.settled) store.set(key, { result, tags, version });
    return result;
  };
}
