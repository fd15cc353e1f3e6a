import { diffArrays } from 'diff';

/** A part of a comparison: in both texts, only in the newer, only in the older, or left out. */
export interface Change {
  kind: 'same' | 'added' | 'removed' | 'gap';
  text: string;
}

/** Maximum number of differing words; with more, the text is considered new. */
const MOST_EDITS = 4000;

/** Length of unchanged text shown before and after a change, in UTF-16 code units. */
const CONTEXT = 160;

const SPACELESS =
  '\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmer}\\p{scx=Myanmar}\\p{scx=Tibetan}';

/**
 * A word, a run of white space, or one other character with its marks. Scripts without spaces are
 * compared by character: Intl.Segmenter could split them into words, but takes a thousand times as
 * long and cannot be interrupted.
 */
const TOKEN = new RegExp(
  `(?:(?![${SPACELESS}])[\\p{L}\\p{M}\\p{N}_])+|\\s+|\\P{M}\\p{M}*|\\p{M}+`,
  'gsu',
);

/**
 * Compares two texts word by word (Myers' algorithm). Long unchanged parts are cut to the context
 * of the changes. Returns null if the texts differ too much or the comparison takes longer than
 * `milliseconds`.
 */
export function compareTexts(older: string, newer: string, milliseconds: number): Change[] | null {
  const parts = diffArrays(tokens(older), tokens(newer), {
    maxEditLength: MOST_EDITS,
    timeout: milliseconds,
  });
  if (!parts) return null;
  return parts.flatMap(({ added, removed, value }, at): Change[] => {
    const text = value.join('');
    if (added || removed) return [{ kind: added ? 'added' : 'removed', text }];
    return around(text, at === 0, at === parts.length - 1);
  });
}

function tokens(text: string): string[] {
  return text.match(TOKEN) ?? [];
}

/** Returns the beginning and end of an unchanged part, where they are next to a change. */
function around(text: string, first: boolean, last: boolean): Change[] {
  if (text.length <= 3 * CONTEXT || (first && last)) return [{ kind: 'same', text }];
  const pieces: Change[] = [];
  if (!first) pieces.push({ kind: 'same', text: text.slice(0, cut(text, CONTEXT)) });
  pieces.push({ kind: 'gap', text: '' });
  if (!last) pieces.push({ kind: 'same', text: text.slice(cut(text, text.length - CONTEXT)) });
  return pieces;
}

/** Returns a position near `at`, after white space if possible, never inside a character. */
function cut(text: string, at: number): number {
  const space = text.slice(at, at + 40).search(/\s/);
  if (space >= 0) return at + space;
  const low = text.charCodeAt(at);
  return low >= 0xdc00 && low <= 0xdfff ? at + 1 : at;
}
