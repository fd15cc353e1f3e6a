import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import type { Answer } from './answer';
import { acceptedEncoding } from './compression';

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
};

interface Asset {
  type: string;
  cacheControl: string;
  identity: Buffer<ArrayBuffer>;
  br: Buffer<ArrayBuffer>;
  gzip: Buffer<ArrayBuffer>;
}

export type Assets = (path: string, acceptEncoding: string | null) => Answer | null;

/** Keeps the built files in memory; they are few and small, and were compressed by the build. */
export function loadAssets(folder: string): Assets {
  const assets = new Map<string, Asset>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || !type) continue;
    const file = join(entry.parentPath, entry.name);
    const identity = readFileSync(file);
    const path = `/${relative(folder, file).split(sep).join('/')}`;
    // Files named by the bundler after their content never change; the others are revalidated every
    // day.
    const hashed = path.startsWith('/assets/');
    assets.set(path, {
      type,
      cacheControl: hashed ? 'public, max-age=31536000, immutable' : 'public, max-age=86400',
      identity,
      br: isPacked(type) ? identity : readFileSync(`${file}.br`),
      gzip: isPacked(type) ? identity : readFileSync(`${file}.gz`),
    });
  }
  return (path, acceptEncoding) => {
    const asset = assets.get(path);
    return asset ? answer(asset, acceptEncoding) : null;
  };
}

function answer(asset: Asset, acceptEncoding: string | null): Answer {
  const encoding = isPacked(asset.type) ? null : acceptedEncoding(acceptEncoding);
  const body = asset[encoding ?? 'identity'];
  const headers = new Headers({
    'Content-Type': asset.type,
    'Content-Length': String(body.length),
    'Cache-Control': asset.cacheControl,
    Vary: 'Accept-Encoding',
  });
  // A sandboxed frame has no origin, so that the style sheet of a page in it comes from another site.
  headers.set('Cross-Origin-Resource-Policy', 'cross-origin');
  if (encoding) headers.set('Content-Encoding', encoding);
  return { status: 200, headers, body };
}

/** True if files of this type are already compressed. */
function isPacked(type: string): boolean {
  return type === 'image/png';
}
