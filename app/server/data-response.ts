import { tagIsKnown, weakTag } from './etag';

/** Data may be read by programs on other sites too. */
const OPEN = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/** Responds with JSON; with 304 if the client already has this version. */
export function jsonData(request: Request, body: unknown): Response {
  return data(request, `${JSON.stringify(body)}\n`, {
    'Content-Type': 'application/json; charset=utf-8',
  });
}

/** Responds with CSV, to be saved under the given file name. */
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
    // Revalidated each time, so that hidden content disappears everywhere at once.
    'Cache-Control': 'no-cache',
  };
  if (tagIsKnown(request.headers.get('If-None-Match'), headers.ETag)) {
    return new Response(null, { status: 304, headers });
  }
  return new Response(body, { headers: { ...headers, ...about } });
}

/** An error response for programs (RFC 9457). */
export function problem(status: number, title: string, detail?: string): Response {
  const { headers, body } = problemAnswer(status, title, detail);
  return new Response(body, { status, headers });
}

/** The same before it is sent. */
export function problemAnswer(status: number, title: string, detail?: string) {
  const body = { type: 'about:blank', title, status, ...(detail ? { detail } : {}) };
  const headers = new Headers({
    ...OPEN,
    'Content-Type': 'application/problem+json; charset=utf-8',
  });
  return { status, headers, body: Buffer.from(`${JSON.stringify(body)}\n`) };
}
