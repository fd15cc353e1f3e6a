import { COLOURS } from '~/platform/palette';
import { escapeXml } from '~/platform/text/escape-html';
import { wrap } from './wrap-text';

/** The content of a page's preview image, shown where its link is shared. */
export interface Card {
  siteName: string;
  title: string;
  /** BCP 47. */
  language: string;
  /** One line below the title. */
  detail: string;
}

export const CARD_WIDTH = 1200;
export const CARD_HEIGHT = 630;

const MARGIN = 80;

/** Maximum number of characters drawn; longer titles are cut with an ellipsis. */
const LONGEST_TITLE = 200;

/** Font size in pixels and number of lines; the first at which the title fits. */
const SIZES = [
  [76, 3],
  [62, 4],
  [50, 5],
] as const;

/** Images are always in the light scheme. */
const PAPER = COLOURS.paper.light;
const INK = COLOURS.ink.light;
const INK_SOFT = COLOURS['ink-soft'].light;
const ACCENT = COLOURS.accent.light;
const LINE = COLOURS.line.light;

/** Returns the image as an SVG document of 1200 by 630 pixels. */
export function cardSvg({ siteName, title, language, detail }: Card): string {
  const text = legible(title || siteName, LONGEST_TITLE);
  const start = isRightToLeft(text) ? CARD_WIDTH - MARGIN : MARGIN;
  const [size, lines] = fitted(text);
  const lineHeight = size * 1.28;
  // The title is slightly above the middle of the space between name and detail.
  const top = 300 - ((lines.length - 1) * lineHeight) / 2 + size * 0.35;

  // A line of a right-to-left title is drawn from right to left even if it begins with a Latin word.
  const line = (words: string, y: number, style: string, rtl = isRightToLeft(words)) => {
    const anchor = start === MARGIN ? 'start' : 'end';
    const ordered = escapeXml(rtl ? `\u202b${words}\u202c` : words);
    return `<text x="${start}" y="${Math.round(y)}" text-anchor="${anchor}" ${style}>${ordered}</text>`;
  };
  // The serif font has no Arabic and no Hebrew.
  const font = isRightToLeft(text) ? 'DejaVu Sans' : 'DejaVu Serif';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${CARD_WIDTH}" height="${CARD_HEIGHT}" xml:lang="${escapeXml(language)}">`,
    `<rect width="${CARD_WIDTH}" height="${CARD_HEIGHT}" fill="${PAPER}"/>`,
    line(
      legible(text === siteName ? '' : siteName, 60),
      104,
      `font-family="DejaVu Sans" font-size="30" fill="${INK_SOFT}"`,
    ),
    ...lines.map((words, index) =>
      line(
        words,
        top + index * lineHeight,
        `font-family="${font}" font-weight="bold" font-size="${size}" fill="${INK}"`,
        isRightToLeft(text),
      ),
    ),
    line(legible(detail, 70), 524, `font-family="DejaVu Sans" font-size="30" fill="${INK_SOFT}"`),
    `<path d="M0 612Q600 548 1200 612" fill="none" stroke="${ACCENT}" stroke-width="6"/>`,
    `<path d="M0 616H1200" stroke="${LINE}" stroke-width="2"/>`,
    '</svg>',
  ].join('\n');
}

/** Returns the characters that the bundled fonts do not have; searching system fonts is slower. */
export function otherCharacters({ title, siteName, detail }: Card): string[] {
  return [...new Set((title + siteName + detail).match(OTHER_CHARACTERS))];
}

/** Punctuation of East Asia and full-width forms belong to no script. */
const OTHER_CHARACTERS =
  /(?!\p{M}|\p{C}|\p{Z}|\p{Extended_Pictographic})(?:[\u2e80-\ua4cf\ufe10-\ufe6f\uff00-\uffef]|[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Common}\p{Script=Inherited}])/gu;

/** Returns a card without the texts that cannot be drawn. @param hasFont of other characters */
export function drawable(card: Card, hasFont: (character: string) => boolean): Card {
  const shown = (text: string) => {
    const others = otherCharacters({ ...card, title: text, siteName: '', detail: '' });
    return UNDRAWABLE.test(text) || !others.every(hasFont) ? '' : text;
  };
  const { title, siteName, detail } = card;
  return { ...card, title: shown(title), siteName: shown(siteName), detail: shown(detail) };
}

const PROBE = 32;

/**
 * Returns an SVG with one character below the other, each in a square of 32 pixels, to see which of
 * them have a font. The first square has what is drawn for a character without one.
 */
export function probeSvg(characters: readonly string[]): string {
  const squares = ['\u{10fffd}', ...characters].map(
    (character, n) =>
      `<text x="4" y="${n * PROBE + 24}" font-family="DejaVu Serif" font-weight="bold" font-size="18">${escapeXml(character)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${PROBE}" height="${squares.length * PROBE}">${squares.join('')}</svg>`;
}

/**
 * Scripts with vowels written around and before their consonants: resvg draws them on top of each
 * other. The site's name is drawn instead of a garbled title, or one without a font; the title is
 * shown beside the image anyway.
 */
const UNDRAWABLE =
  /[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;

function fitted(text: string): [size: number, lines: string[]] {
  const width = CARD_WIDTH - 2 * MARGIN;
  for (const [size, most] of SIZES) {
    const lines = wrap(text, width / size, Number.POSITIVE_INFINITY);
    if (lines.length <= most) return [size, lines];
  }
  const [size, most] = SIZES[SIZES.length - 1] ?? [50, 5];
  return [size, wrap(text, width / size, most)];
}

/** Reduces a text to one line without characters that no font can draw, cut to `longest`. */
function legible(text: string, longest: number): string {
  const line = text
    .replace(
      /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d(?=\p{Extended_Pictographic})|\ufe0f/gu,
      ' ',
    )
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...line];
  return characters.length <= longest ? line : `${characters.slice(0, longest - 1).join('')}…`;
}

const FIRST_LETTER = /\p{L}/u;
const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

function isRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(FIRST_LETTER.exec(text)?.[0] ?? '');
}
