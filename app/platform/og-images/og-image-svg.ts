import { COLOURS } from '~/platform/palette';
import { escapeXml } from '~/platform/text/escape-html';
import {
  type Direction,
  needsShaping,
  otherCharacters,
  RIGHT_TO_LEFT,
  type Shape,
  type Weight,
} from './shaped-text';
import { widthOf, wrap } from './wrap-text';

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

interface Style {
  family: string;
  weight: Weight;
  size: number;
  fill: string;
}

/** Of the site's name and the detail. */
const SMALL: Style = { family: 'DejaVu Sans', weight: 'Regular', size: 30, fill: INK_SOFT };

/**
 * Returns the image as an SVG document of 1200 by 630 pixels.
 * @param shape draws what `needsShaping`; without it such text is written as it is
 */
export function cardSvg({ siteName, title, language, detail }: Card, shape?: Shape): string {
  const text = legible(title || siteName, LONGEST_TITLE);
  const direction = directionOf(text);
  const start = direction === 'rtl' ? CARD_WIDTH - MARGIN : MARGIN;
  const shapeOf = (whole: string) => (needsShaping(whole) ? shape : undefined);
  const titleShape = shapeOf(text);
  const measure = (words: string) =>
    titleShape?.(words, 'Bold', direction)?.width ?? widthOf(words);
  const [size, lines] = fitted(text, measure);
  const lineHeight = size * 1.28;
  // The title is slightly above the middle of the space between name and detail.
  const top = 300 - ((lines.length - 1) * lineHeight) / 2 + size * 0.35;

  const line = (words: string, y: number, style: Style, of: Direction, outlines?: Shape) => {
    const { family, weight, size, fill } = style;
    const drawn = outlines?.(words, weight, of);
    const x = start === MARGIN ? MARGIN : start - (drawn?.width ?? 0) * size;
    if (drawn) return drawn.svg(x, Math.round(y), size, fill);
    const anchor = start === MARGIN ? 'start' : 'end';
    const ordered = escapeXml(of === 'rtl' ? `\u202b${words}\u202c` : words);
    const bold = weight === 'Bold' ? ' font-weight="bold"' : '';
    return `<text x="${start}" y="${Math.round(y)}" text-anchor="${anchor}" font-family="${family}"${bold} font-size="${size}" fill="${fill}">${ordered}</text>`;
  };
  const small = (words: string, y: number) =>
    line(words, y, SMALL, directionOf(words), shapeOf(words));
  // The serif font has no Arabic and no Hebrew.
  const family = RIGHT_TO_LEFT.test(text) ? 'DejaVu Sans' : 'DejaVu Serif';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${CARD_WIDTH}" height="${CARD_HEIGHT}" xml:lang="${escapeXml(language)}">`,
    `<rect width="${CARD_WIDTH}" height="${CARD_HEIGHT}" fill="${PAPER}"/>`,
    small(legible(text === siteName ? '' : siteName, 60), 104),
    ...lines.map((words, index) =>
      line(
        words,
        top + index * lineHeight,
        { family, weight: 'Bold', size, fill: INK },
        direction,
        titleShape,
      ),
    ),
    small(legible(detail, 70), 524),
    `<path d="M0 612Q600 548 1200 612" fill="none" stroke="${ACCENT}" stroke-width="6"/>`,
    `<path d="M0 616H1200" stroke="${LINE}" stroke-width="2"/>`,
    '</svg>',
  ].join('\n');
}

/**
 * Returns a card without the texts that cannot be drawn: the site's name is drawn instead of such a title,
 * which is shown beside the image anyway.
 * @param hasFont of other characters
 * @param shape null where a text that must be shaped has no font
 */
export function drawable(
  card: Card,
  hasFont: (character: string) => boolean,
  shape: Shape = () => null,
): Card {
  const shown = (text: string) => {
    const isDrawn = needsShaping(text)
      ? shape(legible(text, LONGEST_TITLE), 'Bold', 'ltr') !== null
      : otherCharacters(text).every(hasFont);
    return isDrawn ? text : '';
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

function fitted(text: string, measure: typeof widthOf): [size: number, lines: string[]] {
  const width = CARD_WIDTH - 2 * MARGIN;
  for (const [size, most] of SIZES) {
    const lines = wrap(text, width / size, Number.POSITIVE_INFINITY, measure);
    if (lines.length <= most) return [size, lines];
  }
  const [size, most] = SIZES[SIZES.length - 1] ?? [50, 5];
  return [size, wrap(text, width / size, most, measure)];
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

function directionOf(text: string): Direction {
  return RIGHT_TO_LEFT.test(FIRST_LETTER.exec(text)?.[0] ?? '') ? 'rtl' : 'ltr';
}
