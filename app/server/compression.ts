import { promisify } from 'node:util';
import { brotliCompress, gzip, constants as zlib } from 'node:zlib';
import { parseAccept } from 'hono/utils/accept';
import type { Answer } from './answer';

const compressors = {
  br: (bytes: Uint8Array) =>
    promisify(brotliCompress)(bytes, {
      params: {
        // With levels above 5, pages of our size hardly get smaller but take more time.
        [zlib.BROTLI_PARAM_QUALITY]: 5,
        [zlib.BROTLI_PARAM_MODE]: zlib.BROTLI_MODE_TEXT,
        [zlib.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
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

/** Compresses the body, if that makes it smaller and the client accepts it. */
export async function compressed(answer: Answer, acceptEncoding: string | null): Promise<Answer> {
  const { status, headers, body } = answer;
  const type = headers.get('Content-Type') ?? '';
  if (!body || !COMPRESSIBLE.test(type) || headers.has('Content-Encoding')) return answer;
  headers.append('Vary', 'Accept-Encoding');
  const bytes = body instanceof Uint8Array ? body : await readWhole(body);
  const encoding = bytes.length < SMALLEST ? null : acceptedEncoding(acceptEncoding);
  const sent = encoding ? await compressors[encoding](bytes) : bytes;
  if (encoding) headers.set('Content-Encoding', encoding);
  headers.set('Content-Length', String(sent.length));
  return { status, headers, body: sent };
}

async function readWhole(body: ReadableStream): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(body).arrayBuffer());
}
