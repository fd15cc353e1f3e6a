import type { Drawing } from '~/platform/og-images/og-images';
import { tagIsKnown } from './etag';

/**
 * Answers a request for a card: 304 when the asker has it, 503 when too many are being drawn. Kept
 * by others for ten minutes only, because what it shows may be hidden.
 */
export async function cardResponse(request: Request, drawing: Drawing): Promise<Response> {
  const headers = {
    ETag: drawing.etag,
    'Cache-Control': 'public, max-age=600',
    // It is made to be shown elsewhere.
    'Cross-Origin-Resource-Policy': 'cross-origin',
  };
  if (tagIsKnown(request.headers.get('If-None-Match'), drawing.etag))
    return new Response(null, { status: 304, headers });
  const png = await drawing.png();
  if (!png) return new Response(null, { status: 503, headers: { 'Retry-After': '30' } });
  return new Response(new Uint8Array(png), {
    headers: { ...headers, 'Content-Type': 'image/png', 'Content-Length': String(png.length) },
  });
}
