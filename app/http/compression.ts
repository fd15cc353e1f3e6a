import { promisify } from 'node:util';
import { brotliCompress, gzip, constants as zlib } from 'node:zlib';

const compressors = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, {
      params: {
        // 5 is where pages of our size stop shrinking much and start costing time.
        [zlib.BROTLI_PARAM_QUALITY]: 5,
        [zlib.BROTLI_PARAM_MODE]: zlib.BROTLI_MODE_TEXT,
        [zlib.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes, { level: 6 }),
};

type Encoding = keyof typeof compressors;

const COMPRESSIBLE = /^(text\/|application\/(json|xml|atom\+xml|manifest\+json)|image\/svg)/;
const SMALLEST = 512;

/** The better of brotli and gzip that the client accepts, or null. */
export function acceptedEncoding(header: string | null): Encoding | null {
  if (!header) return null;
  const offered = new Set(
    header
      .toLowerCase()
      .split(',')
      .filter((part) => !/;\s*q=0(\.0*)?\s*$/.test(part))
      .map((part) => part.split(';')[0]?.trim()),
  );
  if (offered.has('br')) return 'br';
  if (offered.has('gzip') || offered.has('*')) return 'gzip';
  return null;
}

/** The same answer, its body compressed where that is of use and the client can read it. */
export async function compressed(response: Response, acceptEncoding: string | null) {
  const type = response.headers.get('Content-Type') ?? '';
  if (!response.body || !COMPRESSIBLE.test(type) || response.headers.has('Content-Encoding')) {
    return response;
  }
  const headers = new Headers(response.headers);
  headers.append('Vary', 'Accept-Encoding');
  const bytes = Buffer.from(await response.arrayBuffer());
  const encoding = bytes.length < SMALLEST ? null : acceptedEncoding(acceptEncoding);
  if (!encoding) {
    headers.set('Content-Length', String(bytes.length));
    return new Response(bytes, { status: response.status, headers });
  }
  const body = await compressors[encoding](bytes);
  headers.set('Content-Encoding', encoding);
  headers.set('Content-Length', String(body.length));
  return new Response(body, { status: response.status, headers });
}
