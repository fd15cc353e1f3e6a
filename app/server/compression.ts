import { promisify } from 'node:util';
import { brotliCompress, gzip, constants as zlib } from 'node:zlib';
import { parseAccept } from 'hono/utils/accept';
import type { Answer } from './answer';

/**
 * A compressed page above this size may not fit 14 kB together with the style sheet: where the
 * result is stored for many visitors, brotli then tries harder, and hardest if that is not enough.
 */
const FITS = 9000;
/** Above so many bytes of HTML, that would take too long. */
const THOROUGH_UP_TO = 131_072;

const brotli = (bytes: Uint8Array, level: number) =>
  promisify(brotliCompress)(bytes, {
    params: {
      // Measured with a thread's page of 51 kB: 8.1 kB in 0.7 ms at level 5, 8.0 kB in 1.1 ms at 9,
      // 7.4 kB in 16 ms at 10, 7.1 kB in 53 ms at 11. A larger window makes level 9 ten times as slow,
      // and finds more in a page of more than 64 kB.
      [zlib.BROTLI_PARAM_QUALITY]: level,
      [zlib.BROTLI_PARAM_LGWIN]: level > 9 ? 18 : 16,
      [zlib.BROTLI_PARAM_MODE]: zlib.BROTLI_MODE_TEXT,
      [zlib.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });

const compressors = {
  br: async (bytes: Uint8Array, isStored: boolean) => {
    if (!isStored) return brotli(bytes, 5);
    let best = await brotli(bytes, 9);
    if (bytes.length > THOROUGH_UP_TO) return best;
    for (const level of [10, 11]) if (best.length > FITS) best = await brotli(bytes, level);
    return best;
  },
  gzip: (bytes: Uint8Array) => promisify(gzip)(bytes, { level: 6 }),
};

type Encoding = keyof typeof compressors;

const COMPRESSIBLE = /^(text\/|application\/(json|xml|atom\+xml|manifest\+json)|image\/svg)/;
const SMALLEST = 512;

/** Returns the better of brotli and gzip that the client accepts, or null. */
export function acceptedEncoding(header: string | null): Encoding | null {
  if (!header) return null;
  const offered = new Set(
    parseAccept(header).map(({ type, q }) => (q > 0 ? type.toLowerCase() : null)),
  );
  if (offered.has('br')) return 'br';
  if (offered.has('gzip') || offered.has('*')) return 'gzip';
  return null;
}

/**
 * Compresses the body, if that makes it smaller and the client accepts it; with more effort if the
 * result is stored and sent to many visitors.
 */
export async function compressed(
  answer: Answer,
  acceptEncoding: string | null,
  isStored: boolean,
): Promise<Answer> {
  const { status, headers, body } = answer;
  const type = headers.get('Content-Type') ?? '';
  if (!body || !COMPRESSIBLE.test(type) || headers.has('Content-Encoding')) return answer;
  headers.append('Vary', 'Accept-Encoding');
  const bytes = body instanceof Uint8Array ? body : await readWhole(body);
  const encoding = bytes.length < SMALLEST ? null : acceptedEncoding(acceptEncoding);
  const sent = encoding ? await compressors[encoding](bytes, isStored) : bytes;
  if (encoding) headers.set('Content-Encoding', encoding);
  headers.set('Content-Length', String(sent.length));
  return { status, headers, body: sent };
}

async function readWhole(body: ReadableStream): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(body).arrayBuffer());
}
