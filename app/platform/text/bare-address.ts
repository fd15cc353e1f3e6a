/*
 * Where the address of a page ends that is written into a text without any marks. Many scripts have no
 * space there: punctuation follows (`请看https://example.org，谢谢。`), or the next word.
 */

/** The source of a pattern for letters of scripts that have no space between words, or that add endings to a foreign word. */
export const UNSPACED = `(?=\\p{L})[${[
  ...['Han', 'Hiragana', 'Katakana', 'Bopomofo', 'Hangul', 'Yi'],
  ...['Thai', 'Lao', 'Khmer', 'Myanmar', 'Tibetan'],
].reduce((all, script) => `${all}\\p{scx=${script}}`, '')}]`;

/** What also stands within words: between letters it is part of an address. */
const WITHIN_WORDS = '·’‧׳״・';

/**
 * An apostrophe with an ending that the text gives to an address: `’s`, or after a longer word a short
 * ending in Latin letters, as in Turkish (`/rapor’dan`). Not `/l’eau`, and not in names of sites.
 */
const ENDING = [
  "['’ʼ](?=s(?![\\p{L}\\p{N}/_-]))",
  "(?<=[\\p{L}\\p{N}]{3})['’](?=[a-zçğıöşü]{1,4}(?![\\p{L}\\p{N}/_-]))",
  "(?<=(?::\\/\\/|www\\.)[^\\s/]{0,253})['’ʼ]",
].join('|');

/**
 * Ends an address: punctuation other than that of ASCII and hyphens, long dashes, full-width symbols,
 * and marks of direction. Apostrophes, middle dots and short dashes do so except before a letter,
 * brackets of ASCII unless the address opens them, and emoji right after a letter.
 */
const END = [
  `(?!\\p{ASCII}|[${WITHIN_WORDS}])[\\p{Po}\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf}]|´`,
  `[${WITHIN_WORDS.replace('・', '')}](?!(?!${UNSPACED})\\p{L})|・(?!\\p{L})`,
  ENDING,
  '\\](?<!\\[[^\\s[\\]]*\\])|\\}(?<!\\{[^\\s{}]*\\})',
  '(?<=[\\p{L}\\p{N}])(?!\\p{ASCII})\\p{Extended_Pictographic}',
  '[\u2014\u2015\u2e3a\u2e3b\u301c\u3030\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]',
  '[\u2010-\u2013](?![\\p{L}\\p{N}])',
  '(?![\\u200c\\u200d])\\p{Cf}',
].join('|');

/**
 * Returns the source of a pattern (flags `iu`) for an address in a text. A word of a script without
 * spaces belongs to it after a slash or full stop (`/wiki/东京`, `例子.中国`), but not right after
 * Latin letters or a bracket (`https://example.org谢谢`); one letter may begin a title (`/wiki/T恤`).
 * @param others what else ends it, as in a class of characters
 */
export function bareAddress(others: string): string {
  const any = `[^\\s${others}]`;
  const beforeThem = `(?:(?!${UNSPACED}|${END})${any})*`;
  const fromThem = `(?<!(?<!\\/)[a-z]|[\\d)\\]"',;:!])${UNSPACED}(?:(?!${END})${any})*`;
  return `(?:https?:\\/\\/|www\\.)${beforeThem}(?:${fromThem})?`;
}

const ADDRESSES = new RegExp(`${bareAddress('<>')}`, 'giu');

/** Returns a text with a space for each address. */
export function withoutAddresses(text: string): string {
  return text.replace(ADDRESSES, ' ');
}
