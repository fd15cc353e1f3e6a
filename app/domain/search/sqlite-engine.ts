import { eq, type SQL, sql } from 'drizzle-orm';
import { integer, table, text } from '~db/dialect';
import { prepared, preparedInsert } from '~db/statement-cache';
import type { SearchEngine } from './search-engine';
import type { Phrase, SearchTerms, Term } from './words';

/** The weight of a word in the title, compared with one in the text. */
const TITLE_WEIGHT = sql.raw('4.0');

/** The index as a table, only to write to it: Drizzle cannot describe what it is. */
const searchText = table('search_text', {
  rowid: integer('rowid'),
  title: text('title'),
  body: text('body'),
});
const insertText = preparedInsert(searchText);
const deleteText = prepared((db) =>
  db.delete(searchText).where(eq(searchText.rowid, sql.placeholder('entry'))),
);

/**
 * SQLite's FTS5, without a copy of the text (`content=''`) and with its simplest tokenizer, which
 * splits at spaces. Tokens are already normalised and contain only letters, digits and marks, so no
 * word can be mistaken for query syntax. Ranked by BM25.
 */
export const sqliteEngine: SearchEngine = {
  async add(tx, entry, { title, body }) {
    await insertText(tx, { rowid: entry, title: title.join(' '), body: body.join(' ') });
  },
  async remove(tx, entry) {
    await deleteText(tx, { entry });
  },
  matching(words) {
    return found(queryOf(words));
  },
  holds(entry, words) {
    return sql`exists (select 1 from search_text where search_text match ${queryOf(words)} and rowid = ${entry})`;
  },
  resembling(terms) {
    return found(`title : (${terms.map(phrase).join(' OR ')})`);
  },
};

function queryOf({ wanted, unwanted }: SearchTerms): string {
  const without = unwanted.map((term) => ` NOT ${phrase(term)}`).join('');
  return `(${wanted.map(anyOf).join(' AND ')})${without}`;
}

function found(query: string): SQL {
  return sql`(select rowid as entry, bm25(search_text, ${TITLE_WEIGHT}, 1.0) as rank from search_text where search_text match ${query}) as found`;
}

function anyOf(term: Term): string {
  return `(${[term, ...(term.others ?? [])].map(phrase).join(' OR ')})`;
}

function phrase({ tokens, prefix }: Phrase): string {
  return `"${tokens.join(' ')}"${prefix ? '*' : ''}`;
}
