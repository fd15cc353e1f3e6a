/*
 * The one rule for what can be seen of a text that people write: on one line (names, titles,
 * subjects, reasons) and on several (posts, messages, notes).
 */

/** Signs and letters that are drawn as nothing: Braille, a note head, two hieroglyphs. */
const DRAWN_AS_NOTHING = '\\u2800\\u{1d159}\\u{13441}\\u{13442}';

/**
 * What no text needs: control characters, lone surrogates, noncharacters, placeholders for objects,
 * and private-use characters.
 */
const NO_CHARACTER = '\\p{Cc}\\p{Cs}\\p{Co}\\p{Noncharacter_Code_Point}\\ufff9-\\ufffc';

/** Characters that show nothing, not even a space. */
const BLANK = `\\p{Default_Ignorable_Code_Point}\\p{Cf}${NO_CHARACTER}${DRAWN_AS_NOTHING}`;

const BLANKS = new RegExp(`[${BLANK}]`, 'gu');

const SHOWN = new RegExp(`[^\\s${BLANK}]`, 'u');

/** Blanks that no text on one line needs; joiners and variation selectors have their own rules. */
const UNWANTED = new RegExp(
  `(?![\\u200c\\u200d\\u180b-\\u180d\\u180f\\ufe00-\\ufe0f])\\p{Default_Ignorable_Code_Point}|[\\p{Zl}\\p{Zp}${NO_CHARACTER}${DRAWN_AS_NOTHING}]`,
  'u',
);

/**
 * Joiners that do nothing: at an end, beside a space or another joiner, or after a letter of a
 * script that does not join. Arabic, Indic scripts and emoji need the others.
 */
const IDLE_JOINER =
  /(?<![\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}]|(?![\p{scx=Latin}\p{scx=Greek}\p{scx=Cyrillic}\p{scx=Han}\p{scx=Hangul}\p{scx=Hiragana}\p{scx=Katakana}])\p{L})[\u200c\u200d]|[\u200c\u200d](?![\p{L}\p{M}\p{Extended_Pictographic}])/u;

/** Variation selectors that select nothing, because they do not follow a sign that has variants. */
const IDLE_SELECTOR = /(?<![\p{Emoji}\p{S}\p{P}\p{scx=Han}\p{scx=Myanmar}])[\ufe00-\ufe0f]/u;

/** Marks with nothing to stand on, and more marks on one letter than any language has. */
const LOOSE_MARK = /(?<![\p{L}\p{M}\p{N}\p{P}\p{S}\u200c\u200d])\p{M}|(?<=\p{M}{5})\p{M}/u;

const HIDDEN = new RegExp(
  [UNWANTED, IDLE_JOINER, IDLE_SELECTOR, LOOSE_MARK].map(({ source }) => source).join('|'),
  'gu',
);

/** Returns the number of visible characters, counting spaces. */
export function visibleLength(text: string): number {
  return [...text.replace(BLANKS, '')].length;
}

/** How many letters of an alphabet say as much as one sign of a script. */
const SAID_BY_ONE = (
  [
    ['Han', 2.5],
    ['Hiragana|Katakana|Bopomofo|Hangul|Yi|Ethiopic', 2],
    ['Thai|Lao|Khmer|Myanmar|Tibetan', 1.5],
    // They leave out vowels.
    ['Arabic|Hebrew|Syriac', 1.25],
  ] as const
).map(([scripts, letters]) => {
  const named = scripts.split('|').map((script) => `\\p{Script=${script}}`);
  return { signs: new RegExp(`[${named.join('')}]`, 'gu'), letters };
});

/**
 * Returns how much a text says, as the number of letters of an alphabet: 学校停电 is as much as ten. For
 * the least that a text must say; the most that it may be counts characters.
 */
export function lettersSaid(text: string): number {
  return SAID_BY_ONE.reduce(
    (sum, { signs, letters }) => sum + (text.match(signs)?.length ?? 0) * (letters - 1),
    visibleLength(text),
  );
}

/** True if anything of a text can be seen. */
export function isVisible(text: string): boolean {
  return SHOWN.test(text);
}

/** Returns a text of any number of lines without space around it; '' if nothing of it can be seen. */
export function visibleText(text: string): string {
  return isVisible(text) ? text.trim() : '';
}

/** True if a text contains characters that nobody sees and that it does not need. */
export function hasBlanks(text: string): boolean {
  return withoutBlanks(text) !== text;
}

/** Removes the characters that nobody sees and that a text on one line does not need. */
export function withoutBlanks(text: string): string {
  let shown = text;
  // What is removed can leave another one idle: usually the second round finds nothing.
  for (let round = 0; round < 4; round += 1) {
    const next = shown.replace(HIDDEN, '');
    if (next === shown) break;
    shown = next;
  }
  return shown;
}

/**
 * Returns a text as one visible line: composed, without hidden characters, white space collapsed;
 * '' if nothing of it can be seen.
 */
export function singleLine(text: string): string {
  const line = withoutBlanks(text.replace(/[\s\p{Zl}\p{Zp}]+/gu, ' '))
    .normalize('NFC')
    .replace(/ +/g, ' ')
    .trim();
  return isVisible(line) ? line : '';
}
