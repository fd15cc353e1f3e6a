import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { renderAsync } from '@resvg/resvg-js';
import { LRUCache } from 'lru-cache';
import { currentAsker } from '~/platform/rate-limits/current-asker';
import { createFairQueue } from '~/platform/rate-limits/fair-queue';
import { type Card, cardSvg, drawable, probeSvg } from './og-image-svg';
import { CJK, createShaping, installedFonts, needsShaping, otherCharacters } from './shaped-text';

const require = createRequire(import.meta.url);

const [SERIF_BOLD, SANS, SANS_BOLD] = ['DejaVuSerif-Bold', 'DejaVuSans', 'DejaVuSans-Bold'].map(
  (name) => require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`),
) as [string, string, string];
const FONTS = [SERIF_BOLD, SANS, SANS_BOLD];

/** To be increased when the same content is drawn in another way: part of the tag of an image. */
const METHOD = 3;

/** Two files are read in far less time than all fonts of a machine. */
async function eastAsianFonts(): Promise<string[]> {
  const paths = await installedFonts();
  return ['NotoSerifCJK-Bold', 'NotoSansCJK-Regular'].flatMap((name) => paths.get(name) ?? []);
}

/** Size of the cache in bytes: about two hundred images. */
const KEPT_BYTES = 8 * 1024 * 1024;

/** Maximum number of images waiting to be drawn, one at a time: at worst a few seconds of work. */
const MAX_WAITING = 16;

/** An image that is only drawn if the client does not already have it. */
export interface Drawing {
  /** Changes if and only if the image does. */
  etag: string;
  /** Returns the PNG; null if too many images are waiting. */
  png(): Promise<Buffer | null>;
}

export interface Cards {
  draw(card: Card): Drawing;
}

/**
 * Draws preview images for shared links, one at a time, and caches them. resvg works in its own
 * thread: an image takes 30 ms, or up to 400 ms if system fonts are searched for a script that the
 * bundled fonts lack. A text for which no font is installed is left out: boxes say nothing.
 * @param systemFonts false to draw as where no fonts are installed
 */
export function createCards({ systemFonts = true } = {}): Cards {
  const kept = new LRUCache<string, Buffer>({
    maxSize: KEPT_BYTES,
    sizeCalculation: (png) => png.length,
  });
  const underWay = new Map<string, Promise<Buffer | null>>();
  const queue = createFairQueue({
    places: 1,
    placesEach: 1,
    waitingEach: MAX_WAITING,
    waitingInAll: MAX_WAITING,
  });

  /** Whether each of the characters asked about so far has a font. */
  const hasFont = new LRUCache<string, boolean>({ max: 10_000 });

  const shapeFor = createShaping({ Regular: SANS, Bold: SANS_BOLD });

  /** @param others characters that the bundled fonts do not have */
  async function rendered(svg: string, others: readonly string[]) {
    const cjk =
      systemFonts && others.length > 0 && others.every((one) => CJK.test(one))
        ? await eastAsianFonts()
        : [];
    return renderAsync(svg, {
      font: {
        fontFiles: [...FONTS, ...cjk],
        loadSystemFonts: systemFonts && others.length > 0 && cjk.length === 0,
        defaultFontFamily: 'DejaVu Sans',
      },
      logLevel: 'off',
    });
  }

  async function lookForFonts(characters: readonly string[]): Promise<void> {
    const unknown = characters.filter((character) => !hasFont.has(character));
    if (unknown.length === 0) return;
    const { pixels } = await rendered(probeSvg(unknown), unknown);
    const size = pixels.length / (unknown.length + 1);
    const square = (n: number) => pixels.subarray(n * size, (n + 1) * size);
    for (const [n, character] of unknown.entries()) {
      hasFont.set(character, !square(n + 1).equals(square(0)));
    }
  }

  async function render(card: Card): Promise<Buffer | null> {
    const giveBack = await queue.take(currentAsker());
    if (!giveBack) return null;
    try {
      const texts = [card.title, card.siteName, card.detail];
      const written = texts.filter((text) => !needsShaping(text)).join('');
      const shaped = systemFonts ? texts.filter(needsShaping).join('') : '';
      const shape = shaped ? await shapeFor(shaped) : undefined;
      await lookForFonts(otherCharacters(written));
      const shown = drawable(card, (character) => hasFont.get(character) ?? false, shape);
      const others = otherCharacters(written).filter((one) => hasFont.get(one));
      const image = await rendered(cardSvg(shown, shape), others);
      return image.asPng();
    } finally {
      giveBack();
    }
  }

  return {
    draw(card) {
      const svg = cardSvg(card);
      const key = createHash('sha256').update(`${METHOD} ${svg}`).digest('base64url').slice(0, 27);
      return {
        etag: `"${key}"`,
        async png() {
          const known = kept.get(key);
          if (known) return known;
          const begun = underWay.get(key);
          if (begun) return begun;
          const drawing = render(card).finally(() => underWay.delete(key));
          underWay.set(key, drawing);
          const png = await drawing;
          if (png) kept.set(key, png);
          return png;
        },
      };
    },
  };
}
