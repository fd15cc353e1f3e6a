import { type SQL, sql } from 'drizzle-orm';
import { runStatement } from '~db/dialect';
import type { IndexedText, SearchEngine } from './search-engine';
import type { Phrase, SearchTerms, Term } from './words';

/** Weights of words in the text and in the title, for PostgreSQL's classes D to A. */
const WEIGHTS = sql.raw("'{0.25, 0.25, 0.25, 1.0}'");

/** Divides the rank by the logarithm of the length: long texts have every word more often. */
const BY_LENGTH = sql.raw('1');

/** PostgreSQL's limits: words of at most 2,046 bytes, 255 positions each and none above 16,383. */
const LONGEST_WORD = 500;
const MOST_PLACES = 255;
const LAST_PLACE = 16_383;

/**
 * PostgreSQL's full-text search. The vector of an entry is made from our own tokens and not by
 * PostgreSQL's parsers, which depend on the locale. It finds entries with all words by an index,
 * and ranks them. Phrases are checked against the stored tokens, because a vector does not contain
 * all positions of a character in a long Chinese text.
 */
export const postgresEngine: SearchEngine = {
  async add(tx, entry, text) {
    const [title, body, words] = [spaced(text.title), spaced(text.body), vectorOf(text)];
    await runStatement(
      tx,
      sql`insert into search_text (entry, title, body, words)
        values (${entry}, ${title}, ${body}, ${words}::tsvector)`,
    );
  },
  async remove(tx, entry) {
    await runStatement(tx, sql`delete from search_text where entry = ${entry}`);
  },
  matching(words) {
    return found(queryOf(words), phrasesOf(words));
  },
  holds(entry, words) {
    const conditions = whatMatches(queryOf(words), phrasesOf(words));
    return sql`exists (select 1 from search_text where entry = ${entry} and ${conditions})`;
  },
  resembling(terms) {
    return found(terms.map(phraseOfTitle).join(' | '), []);
  },
};

function queryOf({ wanted, unwanted }: SearchTerms): string {
  return [
    ...wanted.map((term) => `(${anyOf([term, ...(term.others ?? [])])})`),
    ...unwanted.filter(isWord).map((term) => `!(${allOf(term)})`),
  ].join(' & ');
}

/** The conditions for phrases, which a vector query cannot express. */
function phrasesOf({ wanted, unwanted }: SearchTerms): SQL[] {
  return [
    ...wanted.filter((term) => !isWord(term)).map(standsAnyhow),
    ...unwanted.filter((term) => !isWord(term)).map((term) => sql`not ${standsSomewhere(term)}`),
  ];
}

function whatMatches(query: string, more: SQL[]): SQL {
  return sql.join([sql`words @@ ${query}::tsquery`, ...more], sql` and `);
}

function found(query: string, more: SQL[]): SQL {
  const conditions = whatMatches(query, more);
  return sql`(select entry, -ts_rank(${WEIGHTS}, words, ${query}::tsquery, ${BY_LENGTH}) as rank from search_text where ${conditions}) as found`;
}

function anyOf(phrases: readonly Phrase[]): string {
  return phrases.map((one) => `(${allOf(one)})`).join(' | ');
}

/** Condition for the tokens of a phrase, or one of the words that stand for it. */
function standsAnyhow(term: Term): SQL {
  if (!term.others?.length) return standsSomewhere(term);
  return sql`(${standsSomewhere(term)} or words @@ ${anyOf(term.others)}::tsquery)`;
}

function isWord({ tokens }: Phrase): boolean {
  return tokens.length === 1;
}

function allOf({ tokens, prefix }: Phrase): string {
  return tokens
    .map((token, n) => lexeme(token) + (prefix && n === tokens.length - 1 ? ':*' : ''))
    .join(' & ');
}

function phraseOfTitle({ tokens, prefix }: Phrase): string {
  const last = tokens.length - 1;
  const words = tokens.map((token, n) => `${lexeme(token)}:${prefix && n === last ? '*A' : 'A'}`);
  return `(${words.join(' <-> ')})`;
}

/** Condition for the tokens of a phrase; tokens have no special characters of `like`. */
function standsSomewhere({ tokens, prefix }: Phrase): SQL {
  const pattern = `% ${tokens.map(cut).join(' ')}${prefix ? '' : ' '}%`;
  return sql`(title like ${pattern} or body like ${pattern})`;
}

function spaced(tokens: string[]): string {
  return ` ${tokens.map(cut).join(' ')} `;
}

/** Returns a vector in PostgreSQL's syntax, `'word':3A,7 'other':1A`; class A is the title. */
function vectorOf({ title, body }: IndexedText): string {
  const places = new Map<string, string[]>();
  const add = (token: string, place: number, weight: string) => {
    const known = places.get(lexeme(token)) ?? [];
    if (known.length < MOST_PLACES) known.push(`${Math.min(place, LAST_PLACE)}${weight}`);
    places.set(lexeme(token), known);
  };
  for (const [at, token] of title.entries()) add(token, at + 1, 'A');
  for (const [at, token] of body.entries()) add(token, title.length + at + 2, '');
  return [...places].map(([word, at]) => `${word}:${at.join()}`).join(' ');
}

function lexeme(token: string): string {
  return `'${cut(token)}'`;
}

function cut(token: string): string {
  return token.slice(0, LONGEST_WORD);
}
