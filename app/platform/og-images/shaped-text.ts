import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import bidiFactory from 'bidi-js';
import type * as HarfBuzz from 'harfbuzzjs';

/*
 * Text as outlines, for what resvg draws wrongly. In scripts whose vowels are written around and before
 * their consonants it takes the widest glyph of a syllable for the width of the whole, and syllables overlap.
 * Where text from the right, or a second script that the bundled fonts lack, needs another font, it draws
 * boxes. So HarfBuzz shapes and measures such text here, with Debian's Noto fonts where they are installed.
 */

const SCRIPTS = [
  ...['Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil', 'Telugu', 'Kannada'],
  ...['Malayalam', 'Sinhala', 'Thai', 'Lao', 'Khmer', 'Myanmar', 'Tibetan'],
];

/** Characters that Noto's fonts for Chinese, Japanese and Korean have. */
export const CJK =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\u3000-\u303f\uff00-\uffef]/u;

const OTHER_SCRIPTS = ['Ethiopic', 'Tifinagh', 'Syriac', 'Thaana'];

/** The scripts with a font of their own beside the bundled ones. */
const OF_SCRIPT = [
  ...[...SCRIPTS, ...OTHER_SCRIPTS].map((name) => ({
    name,
    sign: new RegExp(`\\p{Script=${name}}`, 'u'),
  })),
  { name: 'CJK', sign: CJK },
];

/** Noto's collection for East Asia has its forms for Japan, Korea and China, in this order. */
const FACE_FOR_CHINA = 2;

const SHAPED = new RegExp(`[${SCRIPTS.map((name) => `\\p{Script=${name}}`).join('')}]`, 'u');

export const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** Characters that stay with the one before them, whether its font has them or not. */
const JOINING = /\p{M}|\p{Default_Ignorable_Code_Point}/u;

const FOLDERS = [
  ...['/usr/share/fonts', '/usr/local/share/fonts', '/Library/Fonts'],
  ...['.fonts', '.local/share/fonts', 'Library/Fonts'].map((folder) => join(homedir(), folder)),
];

const NOTO = /^Noto(?:Sans|Serif)(?:CJK|[A-Z][a-z]+)-(?:Regular|Bold)\.(?:ttf|otf|ttc)$/;

export type Weight = 'Regular' | 'Bold';

/** A line of text as SVG: its width in em, and its outlines with the start of its baseline at a point. */
export interface ShapedText {
  width: number;
  svg(x: number, y: number, size: number, fill: string): string;
}

export type Direction = 'ltr' | 'rtl';

/** Returns a line, which runs in a direction, as outlines; null if a character has no font. */
export type Shape = (text: string, weight: Weight, direction: Direction) => ShapedText | null;

interface Font {
  font: HarfBuzz.Font;
  unitsPerEm: number;
  has(character: string): boolean;
}

/** True for a text that must be drawn as outlines. */
export function needsShaping(text: string): boolean {
  if (SHAPED.test(text) || scriptsOf(text).length > 1) return true;
  return RIGHT_TO_LEFT.test(text) && otherCharacters(text).length > 0;
}

/** Returns those of the scripts with a font of their own that a text has. */
function scriptsOf(text: string): string[] {
  return OF_SCRIPT.filter(({ sign }) => sign.test(text)).map(({ name }) => name);
}

/** Returns the characters that the bundled fonts do not have; searching system fonts is slower. */
export function otherCharacters(text: string): string[] {
  return [...new Set(text.match(OTHER_CHARACTERS))];
}

/** Punctuation of East Asia and full-width forms belong to no script. */
const OTHER_CHARACTERS =
  /(?!\p{M}|\p{C}|\p{Z}|\p{Extended_Pictographic})(?:[\u2e80-\ua4cf\ufe10-\ufe6f\uff00-\uffef]|[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Common}\p{Script=Inherited}])/gu;

/**
 * Returns a function that loads what texts need. HarfBuzz and fonts are read when first needed.
 * @param bundled the paths of the fonts for all other characters
 */
export function createShaping(bundled: Record<Weight, string>) {
  const fonts = new Map<string, Promise<Font>>();

  function load(path: string): Promise<Font> {
    const known = fonts.get(path);
    if (known) return known;
    const loading = readFont(path);
    fonts.set(path, loading);
    // A font that could not be read is tried again for the next card.
    loading.catch(() => fonts.delete(path));
    return loading;
  }

  return async function shapeFor(text: string): Promise<Shape> {
    const paths = await installedFonts();
    const hb = await import('harfbuzzjs');
    const fontsOf = async (weight: Weight) => {
      const found = scriptsOf(text).flatMap((name) => fontPath(paths, name, weight) ?? []);
      return Promise.all([...found, bundled[weight]].map(load));
    };
    const byWeight = { Regular: await fontsOf('Regular'), Bold: await fontsOf('Bold') };
    return (line, weight, direction) => shaped(hb, byWeight[weight], line, direction);
  };
}

function fontPath(paths: Map<string, string>, script: string, weight: Weight): string | undefined {
  const named = (family: string, of: Weight) => paths.get(`Noto${family}${script}-${of}`);
  return (
    named('Sans', weight) ??
    named('Serif', weight) ??
    named('Sans', 'Regular') ??
    named('Serif', 'Regular')
  );
}

let installed: Promise<Map<string, string>> | undefined;

/** Returns the paths of Noto's fonts on this machine by their names, such as `NotoSansThai-Bold`; looked for once. */
export function installedFonts(): Promise<Map<string, string>> {
  installed ??= findFonts();
  return installed;
}

async function findFonts(): Promise<Map<string, string>> {
  const lists = await Promise.all(
    FOLDERS.map((folder) =>
      readdir(folder, { recursive: true }).then(
        (names) => names.map((name) => join(folder, name)),
        () => [],
      ),
    ),
  );
  const files = lists.flat().filter((path) => NOTO.test(basename(path)));
  return new Map(files.map((path) => [basename(path).replace(/\.\w+$/, ''), path]));
}

async function readFont(path: string): Promise<Font> {
  const [hb, bytes] = await Promise.all([import('harfbuzzjs'), readFile(path)]);
  const data = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const isEastAsian = path.endsWith('.ttc');
  const face = new hb.Face(new hb.Blob(data), isEastAsian ? FACE_FOR_CHINA : 0);
  const font = new hb.Font(face);
  // Punctuation of other scripts would be as wide as a Chinese character there.
  const has = (character: string) =>
    (!isEastAsian || CJK.test(character)) &&
    font.nominalGlyph(character.codePointAt(0) ?? 0) !== undefined;
  return { font, unitsPerEm: face.upem, has };
}

const bidi = bidiFactory();

function shaped(
  hb: typeof HarfBuzz,
  fonts: readonly Font[],
  text: string,
  direction: Direction,
): ShapedText | null {
  const runs = runsOf(fonts, text, direction);
  if (!runs) return null;
  const glyphs: { path: string; x: number; y: number; scale: number }[] = [];
  let width = 0;
  for (const { font, unitsPerEm, text, level } of runs) {
    const buffer = new hb.Buffer();
    buffer.addText(text);
    buffer.guessSegmentProperties();
    buffer.setDirection(level % 2 ? hb.Direction.RTL : hb.Direction.LTR);
    hb.shape(font, buffer);
    const positions = buffer.getGlyphPositions();
    for (const [at, { codepoint }] of buffer.getGlyphInfos().entries()) {
      const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[at] ?? {};
      const x = width + xOffset / unitsPerEm;
      const path = font.glyphToPath(codepoint);
      if (path) glyphs.push({ path, x, y: yOffset / unitsPerEm, scale: 1 / unitsPerEm });
      width += xAdvance / unitsPerEm;
    }
  }
  return {
    width,
    svg: (x, y, size, fill) =>
      `<g fill="${fill}">${glyphs
        .map((glyph) => {
          const scale = size * glyph.scale;
          const [left, base] = [x + glyph.x * size, y - glyph.y * size];
          const matrix = [scale, 0, 0, -scale, left, base].map((value) => +value.toFixed(4));
          return `<path transform="matrix(${matrix.join(' ')})" d="${glyph.path}"/>`;
        })
        .join('')}</g>`,
  };
}

/** A part of a line with one font and one level of the Unicode Bidirectional Algorithm; odd ones run to the left. */
interface Run extends Font {
  text: string;
  level: number;
  /** Where it begins in the line. */
  start: number;
}

/** Returns the parts of a line as they are seen from left to right; null if a character has no font. */
function runsOf(fonts: readonly Font[], text: string, direction: Direction): Run[] | null {
  const embedding = bidi.getEmbeddingLevels(text, direction);
  const runs: Run[] = [];
  let at = 0;
  for (const character of text) {
    const level = embedding.levels[at] ?? 0;
    const last = runs.at(-1);
    const font = fontFor(character, fonts, last);
    if (!font) return null;
    if (last && last.font === font.font && last.level === level) last.text += character;
    else runs.push({ ...font, text: character, level, start: at });
    at += character.length;
  }
  const seen = bidi.getReorderedIndices(text, embedding);
  return runs.toSorted((a, b) => seen.indexOf(a.start) - seen.indexOf(b.start));
}

/** The font of the character before, if that has it. */
function fontFor(character: string, fonts: readonly Font[], last: Font | undefined) {
  const stays = JOINING.test(character) || (last?.has(character) && !needsShaping(character));
  return last && stays ? last : fonts.find((one) => one.has(character));
}
