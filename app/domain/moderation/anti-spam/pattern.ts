import { RE2JS, RE2JSException } from 're2js';
import type { MessageKey } from '~/platform/i18n/translator';
import { fold } from '~/platform/text/fold';
import { isSpaceless } from '~/platform/text/tokens';
import type { PatternKind } from '~db/schema/prevention';

/** The most characters of a pattern. */
const LONGEST_PATTERN = 200;

/**
 * How large a compiled expression may be. RE2's method takes time that grows with the text times
 * this; at the limit, a text of the longest size takes about 50 ms.
 */
const LARGEST_PROGRAM = 500;

/** How much of what was met is kept to be shown. */
const SHOWN = 80;

/** What a pattern is looked for in. */
export interface Sample {
  /** The words as they are read, the title among them. */
  text: string;
  /** The same, each word folded, with single spaces between and around. */
  words: string;
  /** The hosts of all links, in lower case. */
  hosts: readonly string[];
}

/** Gives what was met, or null. */
export type Matcher = (sample: Sample) => string | null;

export function sampleOf(text: string, html: string): Sample {
  return { text, words: ` ${foldWords(text)} `, hosts: linkedHosts(html) };
}

/**
 * Makes a pattern ready to be looked for, or says why it cannot be: by message key.
 *
 * A word is met whole, whatever its case and accents; with a `*` at its end also where a longer
 * one begins with it. A link is met by its host and all hosts under that. Expressions are those of
 * RE2 (no back-references, no look-around), which cannot be made to run for ever.
 */
export function readPattern(kind: PatternKind, text: string): Matcher | MessageKey {
  const trimmed = text.trim();
  if (trimmed === '') return 'site.error.required';
  if ([...trimmed].length > LONGEST_PATTERN) return 'guard.error.patternLong';
  if (kind === 'word') return readWord(trimmed);
  if (kind === 'link') return readHost(trimmed);
  return readExpression(trimmed);
}

function readWord(text: string): Matcher | MessageKey {
  const word = foldWords(text);
  if ([...word].length < 2) return 'guard.error.patternShort';
  // Where nothing stands between words, a word has no ends.
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

function readExpression(text: string): Matcher | MessageKey {
  try {
    const expression = RE2JS.compile(text, RE2JS.CASE_INSENSITIVE | RE2JS.MULTILINE);
    if (expression.programSize() > LARGEST_PROGRAM) return 'guard.error.patternLarge';
    if (expression.matcher('').find()) return 'guard.error.patternEverything';
    return (sample) => {
      const matcher = expression.matcher(sample.text);
      return matcher.find() ? (matcher.group() ?? '').slice(0, SHOWN) : null;
    };
  } catch (error) {
    if (error instanceof RE2JSException) return 'guard.error.patternSyntax';
    throw error;
  }
}

/** Each word folded as search folds it, with single spaces between. */
export function foldWords(text: string): string {
  return text
    .split(/[^\p{L}\p{N}\p{M}\p{Default_Ignorable_Code_Point}]+/u)
    .map(fold)
    .filter(Boolean)
    .join(' ');
}

/** Addresses in HTML that our renderer made, where attributes stand in double quotes. */
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
