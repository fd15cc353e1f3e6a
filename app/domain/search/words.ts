import { isSpaceless, tokenize, wordsOf } from '~/platform/text/tokens';

/** What is looked for: tokens that follow one another. */
export interface Term {
  tokens: string[];
  /** Whether the last token may also be the beginning of a longer word. */
  prefix: boolean;
}

/** A search as it was typed, understood. */
export interface SearchTerms {
  /** All of these have to be there. */
  wanted: Term[];
  /** None of these may be. */
  unwanted: Term[];
}

/** Longer searches are cut: what stands there already says enough. */
export const LONGEST_SEARCH = 200;
const MOST_TERMS = 16;

/** Words of so many letters also find what begins with them; shorter ones would find too much. */
const SHORTEST_BEGINNING = 4;

/** A phrase in quotes, or what stands between spaces, each with or without a minus. */
const PIECE = /(?<![^\s])([-－]?)(?:"([^"]*)(?:"|$)|(\S+))/gu;

/**
 * Reads what somebody typed: quotes make a phrase, a leading minus leaves out, everything else is
 * words. There are no errors: signs that mean nothing here are passed over.
 */
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
  return { tokens: tokenize(phrase).map(({ folded }) => folded), prefix: false };
}

/**
 * What stands between two spaces: one phrase (`e-mail`), or in a script without spaces as many words
 * as there are.
 */
function looseTerms(text: string, beginnings: boolean): Term[] {
  const found = wordsOf(text).map((tokens) => tokens.map(({ folded }) => folded));
  if (!beginnings) return [{ tokens: found.flat(), prefix: false }];
  const terms: Term[] = [];
  for (const tokens of found) {
    const before = terms.at(-1);
    const last = tokens.at(-1) ?? '';
    const prefix = !isSpaceless(last) && last.length >= SHORTEST_BEGINNING;
    if (before && !isSpaceless(before.tokens[0] ?? '') && !isSpaceless(tokens[0] ?? '')) {
      before.tokens.push(...tokens);
      before.prefix = prefix;
    } else terms.push({ tokens, prefix });
  }
  return terms;
}
