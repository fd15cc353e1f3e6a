import type { AnyColumn, SQL } from 'drizzle-orm';
import type { Db } from '~db/client';
import type { SearchTerms, Term } from './words';

/** The normalised tokens of a title and a text, in order. */
export interface IndexedText {
  title: string[];
  body: string[];
}

/**
 * The functions that a database must provide for search. Everything about languages is done before,
 * in `tokenize`: an engine only compares tokens and phrases of tokens.
 */
export interface SearchEngine {
  /** Stores the text of an entry that has none. */
  add(tx: Db, entry: number, text: IndexedText): Promise<void>;
  remove(tx: Db, entry: number): Promise<void>;
  /**
   * Returns a table named `found` with the columns `entry` and `rank` (smaller is better; a word in
   * a title counts more), with all entries that contain all wanted terms and no unwanted one. At
   * least one wanted term is required.
   */
  matching(words: SearchTerms): SQL;
  /** Condition that one entry has all wanted terms and no unwanted one; for few entries. */
  holds(entry: AnyColumn, words: SearchTerms): SQL;
  /** The same for entries with any of the terms in the title; at least one is required. */
  resembling(terms: readonly Term[]): SQL;
}
