/**
 * Estimated widths of characters in a bold serif, in em, rounded up: text cannot be measured before
 * it is drawn, and a line that is too short looks better than one cut off.
 */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/\p{M}|\p{Cf}/u, 0],
  [
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60]/u,
    1,
  ],
  [/[ijlt.,:;!'’|()[\]]/u, 0.42],
  [/\s/u, 0.36],
  [/[mMW@%—]/u, 1.2],
  [/\p{Lu}/u, 0.82],
  [/\p{Script=Arabic}/u, 0.62],
];

/** Returns the estimated width of a text in em. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    width += WIDTHS.find(([pattern]) => pattern.test(character))?.[1] ?? 0.68;
  }
  return width;
}

/**
 * Breaks a text into lines of `width` em, between words in any script, at most `most`.
 * @param measure the width of a text in em
 */
export function wrap(text: string, width: number, most: number, measure = widthOf): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(text, width, measure)) {
    if (measure(line + piece.trimEnd()) <= width) {
      line += piece;
      continue;
    }
    if (line.trim()) lines.push(line.trim());
    line = piece.trimStart();
  }
  if (line.trim()) lines.push(line.trim());
  if (lines.length <= most) return lines;

  const shown = lines.slice(0, most);
  shown[most - 1] = `${shown[most - 1]?.replace(/[\s.,;:–—-]+$/u, '')}…`;
  return shown;
}

/** Returns units between which a line may break: words, or letters of very long words. */
function pieces(text: string, width: number, measure: typeof widthOf): string[] {
  const words: string[] = [];
  for (const { segment, isWordLike } of segments(text, 'word')) {
    const last = words.at(-1);
    // An opening bracket or quotation mark belongs to the next word.
    const opens = last !== undefined && /[\p{Ps}\p{Pi}"'¿¡]$/u.test(last);
    if (last !== undefined && (!isWordLike || opens || /\S[-'’/]$/u.test(last))) {
      if (isWordLike || !/^[\p{Ps}\p{Pi}¿¡]/u.test(segment)) {
        words[words.length - 1] = last + segment;
        continue;
      }
    }
    words.push(segment);
  }
  return words.flatMap((word) =>
    measure(word.trimEnd()) <= width
      ? [word]
      : [...segments(word, 'grapheme')].map(({ segment }) => segment),
  );
}

function segments(text: string, granularity: 'word' | 'grapheme') {
  return new Intl.Segmenter('und', { granularity }).segment(text);
}
