import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { renderAsync } from '@resvg/resvg-js';
import { LRUCache } from 'lru-cache';
import { createSlots } from '~/platform/markdown/semaphore';
import { type Card, cardSvg, needsSystemFonts } from './og-image-svg';

const require = createRequire(import.meta.url);

const FONTS = ['DejaVuSerif-Bold', 'DejaVuSans', 'DejaVuSans-Bold'].map((name) =>
  require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`),
);

/** Drawings kept, in bytes: some two hundred. */
const KEPT_BYTES = 8 * 1024 * 1024;

/** Cards that may wait to be drawn, one after the other: at worst some seconds' worth. */
const MAX_WAITING = 16;

/** A card that can be answered without being drawn when the asker has it already. */
export interface Drawing {
  /** Changes when, and only when, the picture does. */
  etag: string;
  /** The PNG; null when too many are being drawn. */
  png(): Promise<Buffer | null>;
}

export interface Cards {
  draw(card: Card): Drawing;
}

/**
 * Draws the pictures that stand for pages where their addresses are shared. resvg works on a
 * thread of its own: a drawing takes 30 ms, and up to 400 ms where system fonts are looked through
 * for a script that the fonts that come along do not have. One at a time; those made are kept.
 */
export function createCards(): Cards {
  const kept = new LRUCache<string, Buffer>({
    maxSize: KEPT_BYTES,
    sizeCalculation: (png) => png.length,
  });
  const underWay = new Map<string, Promise<Buffer | null>>();
  const slots = createSlots(1, MAX_WAITING);

  async function render(svg: string, loadSystemFonts: boolean): Promise<Buffer | null> {
    if (!(await slots.take())) return null;
    try {
      const image = await renderAsync(svg, {
        font: { fontFiles: FONTS, loadSystemFonts, defaultFontFamily: 'DejaVu Sans' },
        logLevel: 'off',
      });
      return image.asPng();
    } finally {
      slots.give();
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
