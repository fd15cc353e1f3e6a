import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import type * as HarfBuzz from 'harfbuzzjs';

/*
 * Text as outlines, for scripts whose vowels are written around and before their consonants. resvg shapes
 * them well, but takes the widest glyph of a syllable for the width of the whole: syllables overlap. So
 * HarfBuzz shapes and measures them here, with Debian's Noto font of the script where it is installed.
 */

const SCRIPTS = [
  ...['Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil', 'Telugu', 'Kannada'],
  ...['Malayalam', 'Sinhala', 'Thai', 'Lao', 'Khmer', 'Myanmar', 'Tibetan'],
];

const OF_SCRIPT = SCRIPTS.map((name) => ({ name, sign: new RegExp(`\\p{Script=${name}}`, 'u') }));

const SHAPED = new RegExp(`[${SCRIPTS.map((name) => `\\p{Script=${name}}`).join('')}]`, 'u');

/** What is drawn from the right would have to be put in order with the rest. */
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;

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

/** Returns a text as outlines, or null if a character has no font. */
export type Shape = (text: string, weight: Weight) => ShapedText | null;

interface Font {
  font: HarfBuzz.Font;
  unitsPerEm: number;
}

/** True for a text that must be drawn as outlines. */
export function needsShaping(text: string): boolean {
  return SHAPED.test(text);
}

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
    const scripts = OF_SCRIPT.filter(({ sign }) => sign.test(text));
    const hb = await import('harfbuzzjs');
    const fontsOf = async (weight: Weight) => {
      const found = scripts.flatMap(({ name }) => fontPath(paths, name, weight) ?? []);
      return Promise.all([...found, bundled[weight]].map(load));
    };
    const byWeight = { Regular: await fontsOf('Regular'), Bold: await fontsOf('Bold') };
    return (line, weight) => shaped(hb, byWeight[weight], line);
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
  const face = new hb.Face(new hb.Blob(data));
  return { font: new hb.Font(face), unitsPerEm: face.upem };
}

function shaped(hb: typeof HarfBuzz, fonts: readonly Font[], text: string): ShapedText | null {
  if (RIGHT_TO_LEFT.test(text)) return null;
  const runs = runsOf(fonts, text);
  if (!runs) return null;
  const glyphs: { path: string; x: number; y: number; scale: number }[] = [];
  let width = 0;
  for (const { font, unitsPerEm, text } of runs) {
    const buffer = new hb.Buffer();
    buffer.addText(text);
    buffer.guessSegmentProperties();
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

/** Returns the parts of a text with the font of each: where it has them, that of the part before; null without one. */
function runsOf(fonts: readonly Font[], text: string): (Font & { text: string })[] | null {
  const runs: (Font & { text: string })[] = [];
  for (const character of text) {
    const last = runs.at(-1);
    const has = ({ font }: Font) => font.nominalGlyph(character.codePointAt(0) ?? 0) !== undefined;
    if (last && (JOINING.test(character) || (has(last) && !needsShaping(character)))) {
      last.text += character;
      continue;
    }
    const found = fonts.find(has);
    if (!found) return null;
    if (last?.font === found.font) last.text += character;
    else runs.push({ ...found, text: character });
  }
  return runs;
}
