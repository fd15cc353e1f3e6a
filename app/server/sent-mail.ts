import type { AppLoadContext } from '@remix-run/node';
import { readCookie, SENT_COOKIE, sentCookie } from './cookies';

/** An email that this browser asked for. */
export interface SentMail {
  /** The start and the domain of its address: `a…@example.org`. Null if the browser does not know it. */
  email: string | null;
  /** What waits for the account, as in `waiting_posts.place`; empty for none. */
  place: string;
}

/**
 * Remembers in the browser where an email was sent and what waits there, for the page at this path.
 * It is the same whether or not an account has this address.
 */
export function rememberSent(
  { app, visit }: AppLoadContext,
  page: string,
  email: string,
  place = '',
): void {
  const sent = [shortened(email.trim()), place].filter(Boolean).join(' ');
  visit.headers.append('Set-Cookie', sentCookie(sent, app.config.origin, page));
}

/** Returns what the browser remembers for the page that it asks for. */
export function readSent(request: Request): SentMail {
  const [email, place = ''] = (readCookie(request.headers.get('Cookie'), SENT_COOKIE) ?? '').split(
    ' ',
  );
  return { email: email || null, place };
}

/** Enough to recognise an address and see a mistyped domain, too little for the next visitor. */
function shortened(email: string): string {
  const [first = ''] = email;
  return `${first}…${email.slice(email.lastIndexOf('@'))}`;
}
