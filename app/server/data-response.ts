import { tagIsKnown, weakTag } from './etag';

/** Data is for everybody's programs, also those in pages of other sites. */
const OPEN = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/** An answer for programs; 304 when they have it already. */
export function jsonData(request: Request, body: unknown): Response {
  return data(request, `${JSON.stringify(body)}\n`, {
    'Content-Type': 'application/json; charset=utf-8',
  });
}

/** A table to be saved under a name. */
export function csvData(request: Request, name: string, body: string): Response {
  return data(request, body, {
    'Content-Type': 'text/csv; charset=utf-8; header=present',
    'Content-Disposition': `attachment; filename="${name}"`,
  });
}

function data(request: Request, body: string, about: Record<string, string>): Response {
  const headers = {
    ...OPEN,
    ETag: weakTag(body),
    // Asked again each time, so that what is hidden is gone from everywhere at once.
    'Cache-Control': 'no-cache',
  };
  if (tagIsKnown(request.headers.get('If-None-Match'), headers.ETag)) {
    return new Response(null, { status: 304, headers });
  }
  return new Response(body, { headers: { ...headers, ...about } });
}

/** What went wrong, for programs (RFC 9457). */
export function problem(status: number, title: string, detail?: string): Response {
  const body = { type: 'about:blank', title, status, ...(detail ? { detail } : {}) };
  return new Response(`${JSON.stringify(body)}\n`, {
    status,
    headers: { ...OPEN, 'Content-Type': 'application/problem+json; charset=utf-8' },
  });
}
