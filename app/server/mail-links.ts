import { LINK_COOKIE, readCookie } from './cookies';

/**
 * True if a person opens the page. Email programs and browsers also fetch links beforehand, and
 * nothing may change then.
 */
export function isOpened(request: Request): boolean {
  const prefetched = request.headers.has('Sec-Purpose') || request.headers.has('Purpose');
  return request.method === 'GET' && !prefetched;
}

/**
 * True if a person opens the page with a press or by its address in a browser. Programs that check
 * the links of emails usually fetch them without saying so.
 */
export function isOpenedByPress(request: Request): boolean {
  const { headers } = request;
  const isPage = headers.get('Sec-Fetch-Dest') === 'document';
  return isOpened(request) && isPage && headers.get('Sec-Fetch-User') === '?1';
}

/**
 * True if a person opens the link of an email in the browser that asked for it: there, opening it
 * is enough. `mark` is what the browser's cookie must hold.
 */
export function isOpenedByRequester(request: Request, mark: string): boolean {
  return isOpened(request) && readCookie(request.headers.get('Cookie'), LINK_COOKIE) === mark;
}
