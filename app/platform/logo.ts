import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type SanitizeHtml from 'sanitize-html';
import { z } from 'zod';
import { isWholePng, startsAsPng } from './png';

export const LOGO_BYTES = 50_000;

const TYPES = ['image/svg+xml', 'image/png'] as const;

/** The logo of a site; `data` is base64. */
export interface Logo {
  type: (typeof TYPES)[number];
  data: string;
}

/** A stored logo. It is sanitised again at each reading, however it came into the database. */
export const logoField = z
  .object({ type: z.enum(TYPES), data: z.base64().max(Math.ceil(LOGO_BYTES / 3) * 4) })
  .transform(({ data }, { addIssue }) => {
    const logo = readLogo(Buffer.from(data, 'base64'));
    if (!logo) addIssue({ code: 'custom', message: 'admin.logo.error' });
    return logo ?? z.NEVER;
  });

/** Returns the logo in a file: a whole PNG as it is, an SVG sanitised; null for anything else or too much. */
export function readLogo(bytes: Uint8Array): Logo | null {
  const file = Buffer.from(bytes);
  if (file.length > LOGO_BYTES) return null;
  if (startsAsPng(file)) {
    return isWholePng(file) ? { type: 'image/png', data: base64(file) } : null;
  }
  const svg = sanitizeSvg(file.toString('utf8'));
  return svg === null ? null : { type: 'image/svg+xml', data: base64(Buffer.from(svg)) };
}

/** Returns the version of a logo, a part of its URL: a changed logo has another one. */
export function logoVersion({ data }: Logo): string {
  return createHash('sha256').update(data).digest('base64url').slice(0, 12);
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64');
}

/** Shapes, gradients and what groups and cuts them: no scripts, styles, links, fonts or other files. */
const ELEMENTS = [
  ...['svg', 'g', 'defs', 'title', 'desc', 'path', 'rect', 'circle', 'ellipse', 'line'],
  ...['polyline', 'polygon', 'linearGradient', 'radialGradient', 'stop', 'clipPath', 'mask'],
];

const ATTRIBUTES = [
  ...['xmlns', 'viewBox', 'width', 'height', 'id', 'transform', 'preserveAspectRatio'],
  ...['d', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy', 'r', 'rx', 'ry', 'fx', 'fy', 'points'],
  ...['fill', 'fill-rule', 'fill-opacity', 'clip-rule', 'clip-path', 'mask', 'opacity'],
  ...['stroke', 'stroke-width', 'stroke-linecap', 'stroke-linejoin', 'stroke-miterlimit'],
  ...['stroke-dasharray', 'stroke-dashoffset', 'stroke-opacity', 'offset', 'stop-color'],
  ...['stop-opacity', 'gradientUnits', 'gradientTransform', 'spreadMethod'],
  ...['clipPathUnits', 'maskUnits', 'maskContentUnits'],
];

/** A reference to something outside of the image. */
const OUTSIDE = /url\(\s*(?!["']?#)|javascript:|data:/i;

/** Loaded when an SVG is read: it consists of a hundred files, and few sites have such a logo. */
const sanitizer = (): typeof SanitizeHtml => createRequire(import.meta.url)('sanitize-html');

/** Keeps what is allowed of an SVG image; null if nothing of it could be drawn. */
function sanitizeSvg(text: string): string | null {
  const svg = sanitizer()(text, {
    allowedTags: ELEMENTS,
    allowedAttributes: { '*': ATTRIBUTES },
    nonTextTags: ['script', 'style', 'text', 'foreignObject', 'textarea', 'noscript'],
    parser: { xmlMode: true, lowerCaseTags: false, lowerCaseAttributeNames: false },
    transformTags: {
      '*': (tagName, attribs) => ({
        tagName,
        attribs: Object.fromEntries(
          Object.entries(attribs).filter(([, value]) => !OUTSIDE.test(value)),
        ),
      }),
      svg: (tagName, attribs) => ({
        tagName,
        attribs: { ...attribs, xmlns: 'http://www.w3.org/2000/svg' },
      }),
    },
  }).trim();
  const drawn = /<(?:path|rect|circle|ellipse|line|polyline|polygon)[\s>]/.test(svg);
  return drawn && svg.startsWith('<svg') && svg.endsWith('</svg>') ? svg : null;
}
