import type { AnyColumn, SQL } from 'drizzle-orm';
import type { Db } from '~db/client';
import type { SearchTerms, Term } from './words';

/** The tokens of a title and a text, folded, in their order. */
export interface IndexedText {
  title: string[];
  body: string[];
}

/**
 * What a database has to be able to do so that texts can be found in it. Everything that is known
 * about languages is done before, in `tokenize`: an engine compares tokens and phrases of them.
 */
export interface SearchEngine {
  /** Stores the text of an entry in the place of what was stored before. */
  put(tx: Db, entry: number, text: IndexedText): Promise<void>;
  remove(tx: Db, entry: number): Promise<void>;
  /**
   * A table named `found` to select from, of the columns `entry` and `rank` (the smaller, the
   * better; a word in a title counts more), with every entry that has all the wanted terms and none
   * of the unwanted. There is at least one wanted term.
   */
  matching(words: SearchTerms): SQL;
  /** Whether one entry has all the wanted terms and none of the unwanted: for few among very many. */
  holds(entry: AnyColumn, words: SearchTerms): SQL;
  /** The same for every entry that has any of some terms in its title; at least one. */
  resembling(terms: readonly Term[]): SQL;
}
