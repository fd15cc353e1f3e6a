import { diffArrays } from 'diff';

/** A piece of two texts compared: in both, only in the newer, only in the older, or left out. */
export interface Change {
  kind: 'same' | 'added' | 'removed' | 'gap';
  text: string;
}

/** Words that may differ; more than this is a new text rather than a change of the old one. */
const MOST_EDITS = 4000;

/** How much of what stayed the same is shown before and after a change, in UTF-16 code units. */
const CONTEXT = 160;

const SPACELESS =
  '\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmer}\\p{scx=Myanmar}\\p{scx=Tibetan}';

/**
 * A word, a run of white space, or one other character with its marks. Scripts that put no spaces
 * between words go by the character: Intl.Segmenter knows their words, but takes a thousand times
 * as long, and nothing could stop it.
 */
const TOKEN = new RegExp(
  `(?:(?![${SPACELESS}])[\\p{L}\\p{M}\\p{N}_])+|\\s+|\\P{M}\\p{M}*|\\p{M}+`,
  'gsu',
);

/**
 * What changed between two texts, word by word, by Myers' algorithm.
 * Long parts that stayed the same are cut to what stands around the changes. Null when they
 * differ too much to say, or comparing them takes longer than `milliseconds`.
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

/** The ends of a part that stayed the same, as far as they stand beside a change. */
function around(text: string, first: boolean, last: boolean): Change[] {
  if (text.length <= 3 * CONTEXT || (first && last)) return [{ kind: 'same', text }];
  const pieces: Change[] = [];
  if (!first) pieces.push({ kind: 'same', text: text.slice(0, cut(text, CONTEXT)) });
  pieces.push({ kind: 'gap', text: '' });
  if (!last) pieces.push({ kind: 'same', text: text.slice(cut(text, text.length - CONTEXT)) });
  return pieces;
}

/** A place near `at` where no surrogate pair is torn apart: after white space if there is some. */
function cut(text: string, at: number): number {
  const space = text.slice(at, at + 40).search(/\s/);
  if (space >= 0) return at + space;
  const low = text.charCodeAt(at);
  return low >= 0xdc00 && low <= 0xdfff ? at + 1 : at;
}
