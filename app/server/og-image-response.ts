import type { Drawing } from '~/platform/og-images/og-images';
import { tagIsKnown } from './etag';

/**
 * Responds to a request for a preview image: 304 if the client already has it, 503 if too many
 * images are waiting. Shared caches may keep it for ten minutes only, because the content may be
 * hidden.
 */
export async function cardResponse(request: Request, drawing: Drawing): Promise<Response> {
  const headers = {
    ETag: drawing.etag,
    'Cache-Control': 'public, max-age=600',
    // Other sites may show the image.
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
