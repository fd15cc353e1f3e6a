import { RE2JSException } from 're2js';
import type { MessageKey } from '~/platform/i18n/translator';
import { compileExpression } from '~/platform/markdown/expressions';
import { fold } from '~/platform/text/fold';
import { isSpaceless } from '~/platform/text/tokens';
import type { PatternKind } from '~db/schema/prevention';

/** Maximum length of a pattern, in characters. */
const LONGEST_PATTERN = 200;

/** Size of a compiled expression: RE2's time grows with it; at this one, up to about 50 ms. */
const LARGEST_PROGRAM = 500;

/** The text that patterns are matched against. */
export interface Sample {
  /** The text as read, including the title. */
  text: string;
  /** The same with each word normalised, and single spaces between and around the words. */
  words: string;
  /** The hosts of all links, in lower case. */
  hosts: readonly string[];
}

/** Returns the matching text, or null. */
export type Matcher = (sample: Sample) => string | null;

/** A pattern ready to be used: expressions are matched in another thread. */
export type Pattern = Matcher | { expression: string };

export function sampleOf(text: string, html: string): Sample {
  return { text, words: ` ${foldWords(text)} `, hosts: linkedHosts(html) };
}

/**
 * Compiles a pattern, or returns the message key of the reason why it is not valid.
 *
 * A word matches as a whole, ignoring case and accents; with `*` at its end it also matches the
 * beginning of longer words. A link matches its host and all subdomains. Expressions use RE2 (no
 * back-references, no look-around), which has no exponential worst cases.
 */
export function readPattern(kind: PatternKind, text: string): Pattern | MessageKey {
  const trimmed = text.trim();
  if (trimmed === '') return 'site.error.required';
  if ([...trimmed].length > LONGEST_PATTERN) return 'guard.error.patternLong';
  if (kind === 'word') return readWord(trimmed);
  if (kind === 'link') return readHost(trimmed);
  return refusalOfExpression(trimmed) ?? { expression: trimmed };
}

function readWord(text: string): Matcher | MessageKey {
  const word = foldWords(text);
  if ([...word].length < 2) return 'guard.error.patternShort';
  // In scripts without spaces, words have no boundaries.
  const begins = isSpaceless(word) ? '' : ' ';
  const ends = isSpaceless(word) || text.endsWith('*') ? '' : ' ';
  const wanted = begins + word + ends;
  return ({ words }) => (words.includes(wanted) ? text : null);
}

function readHost(text: string): Matcher | MessageKey {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const host = URL.canParse(address) ? bareHost(new URL(address).hostname) : '';
  if (!host.includes('.')) return 'guard.error.patternHost';
  return ({ hosts }) => hosts.find((one) => one === host || one.endsWith(`.${host}`)) ?? null;
}

/** Says why an expression cannot be used; null if it can. */
function refusalOfExpression(text: string): MessageKey | null {
  try {
    const expression = compileExpression(text);
    if (expression.programSize() > LARGEST_PROGRAM) return 'guard.error.patternLarge';
    return expression.matcher('').find() ? 'guard.error.patternEverything' : null;
  } catch (error) {
    if (error instanceof RE2JSException) return 'guard.error.patternSyntax';
    throw error;
  }
}

/** Normalises each word as the search does, with single spaces between. */
export function foldWords(text: string): string {
  return text
    .split(/[^\p{L}\p{N}\p{M}\p{Default_Ignorable_Code_Point}]+/u)
    .map(fold)
    .filter(Boolean)
    .join(' ');
}

/** Returns the hosts in HTML made by our renderer, where attributes are in double quotes. */
function linkedHosts(html: string): string[] {
  const hosts = new Set<string>();
  for (const [, address = ''] of html.matchAll(/ href="(https?:[^"]*)"/g)) {
    const plain = address.replaceAll('&amp;', '&');
    if (URL.canParse(plain)) hosts.add(bareHost(new URL(plain).hostname));
  }
  return [...hosts];
}

function bareHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^www\./, '')
    .replace(/\.$/, '');
}
