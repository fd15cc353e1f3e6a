import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { renderAsync } from '@resvg/resvg-js';
import { LRUCache } from 'lru-cache';
import { currentAsker } from '~/platform/rate-limits/current-asker';
import { createFairQueue } from '~/platform/rate-limits/fair-queue';
import { type Card, cardSvg, needsSystemFonts } from './og-image-svg';

const require = createRequire(import.meta.url);

const FONTS = ['DejaVuSerif-Bold', 'DejaVuSans', 'DejaVuSans-Bold'].map((name) =>
  require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`),
);

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
 * bundled fonts lack.
 */
export function createCards(): Cards {
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

  async function render(svg: string, loadSystemFonts: boolean): Promise<Buffer | null> {
    const giveBack = await queue.take(currentAsker());
    if (!giveBack) return null;
    try {
      const image = await renderAsync(svg, {
        font: { fontFiles: FONTS, loadSystemFonts, defaultFontFamily: 'DejaVu Sans' },
        logLevel: 'off',
      });
      return image.asPng();
    } finally {
      giveBack();
    }
  }

  return {
    draw(card) {
      const svg = cardSvg(card);
      const key = createHash('sha256').update(svg).digest('base64url').slice(0, 27);
      return {
        etag: `"${key}"`,
        async png() {
          const known = kept.get(key);
          if (known) return known;
          const begun = underWay.get(key);
          if (begun) return begun;
          const drawing = render(svg, needsSystemFonts(card)).finally(() => underWay.delete(key));
          underWay.set(key, drawing);
          const png = await drawing;
          if (png) kept.set(key, png);
          return png;
        },
      };
    },
  };
}
