import { foldedTokens, isSpaceless, wordsOf } from '~/platform/text/tokens';
import { bareWord, joinedWord, otherForms } from './word-forms';

/** A sequence of tokens. */
export interface Phrase {
  tokens: string[];
  /** True if the last token also matches the beginning of longer words. */
  prefix: boolean;
}

/** A search term: a phrase, or any of the single words that stand for the same. */
export interface Term extends Phrase {
  others?: Phrase[];
}

/** A parsed search. */
export interface SearchTerms {
  /** Terms that must all match. */
  wanted: Term[];
  /** Terms of which none may match. */
  unwanted: Term[];
}

/** Longer searches are cut. */
export const LONGEST_SEARCH = 200;
const MOST_TERMS = 16;

/** From this length on, a word matches the beginning of longer words. */
const SHORTEST_BEGINNING = 4;

/** A phrase in quotes, or text between spaces, each with or without a minus. */
const PIECE = /(?<![^\s])([-－]?)(?:"([^"]*)(?:"|$)|(\S+))/gu;

/** Parses a search: quotes make a phrase, a minus excludes; signs without meaning are ignored. */
export function readSearchTerms(typed: string): SearchTerms {
  const text = typed.slice(0, LONGEST_SEARCH).replace(/[“”„‟«»＂]/g, '"');
  const words: SearchTerms = { wanted: [], unwanted: [] };
  for (const [, minus, phrase, rest] of text.matchAll(PIECE)) {
    const terms = phrase === undefined ? looseTerms(rest ?? '', minus === '') : [exact(phrase)];
    const list = minus ? words.unwanted : words.wanted;
    list.push(...terms.filter(({ tokens }) => tokens.length > 0));
  }
  return {
    wanted: words.wanted.slice(0, MOST_TERMS),
    unwanted: words.unwanted.slice(0, MOST_TERMS),
  };
}

function exact(phrase: string): Term {
  return { tokens: foldedTokens(phrase), prefix: false };
}

/** Returns the terms between two spaces: a phrase (`e-mail`), or one a word without spaces. */
function looseTerms(typed: string, beginnings: boolean): Term[] {
  const text = bareWord(typed);
  const found = wordsOf(text).map((tokens) => tokens.map(({ folded }) => folded));
  if (!beginnings) return [{ tokens: found.flat(), prefix: false }];
  const terms: Term[] = [];
  for (const tokens of found) {
    const before = terms.at(-1);
    const last = tokens.at(-1) ?? '';
    const prefix = begins(last);
    if (before && !isSpaceless(before.tokens[0] ?? '') && !isSpaceless(tokens[0] ?? '')) {
      before.tokens.push(...tokens);
      before.prefix = prefix;
    } else terms.push({ tokens, prefix });
  }
  const joined = joinedWord(text);
  return terms.map((term) => ({ ...term, others: othersOf(term, joined) }));
}

function othersOf({ tokens }: Phrase, joined: string | null): Phrase[] {
  const word = joined ?? (tokens.length === 1 ? tokens[0] : undefined);
  if (word === undefined) return [];
  const forms = otherForms(word).map(({ word, prefix }) => ({ tokens: [word], prefix }));
  return joined ? [{ tokens: [joined], prefix: begins(joined) }, ...forms] : forms;
}

function begins(word: string): boolean {
  return !isSpaceless(word) && word.length >= SHORTEST_BEGINNING;
}
