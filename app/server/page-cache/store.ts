import { LRUCache } from 'lru-cache';

/** An answer as it went over the wire. */
export interface StoredAnswer {
  /** The versions of what it hangs on, as they were before it was made. */
  version: string;
  /** Names and values in turn, as `writeHead` takes them. */
  headers: string[];
  body: Buffer;
}

/** All of it together; a page is about 10 kB. */
const LARGEST_STORE = 32 * 1024 * 1024;
/** A larger answer is made anew each time. */
const LARGEST_ANSWER = 512 * 1024;
/** What an entry costs besides its bytes, roughly. */
const OVERHEAD = 1024;

/** Answers by address, language and compression, the least used leaving first. */
export type Store = LRUCache<string, StoredAnswer>;

export function createStore(): Store {
  return new LRUCache({
    maxSize: LARGEST_STORE,
    maxEntrySize: LARGEST_ANSWER,
    sizeCalculation: ({ body }, key) => body.length + key.length * 2 + OVERHEAD,
  });
}
