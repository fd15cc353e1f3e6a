import { parse, serialize } from 'hono/utils/cookie';
import { DEVICE_COOKIE } from '~/domain/accounts/auth/known-devices';
import { ATTEMPT_COOKIE, ATTEMPT_LIFETIME } from '~/domain/accounts/auth/login-attempts';
import { LONGEST_SESSION_DAYS, SESSION_COOKIE } from '~/domain/accounts/auth/sessions';
import { DAY, HOUR, MINUTE, SECOND } from '~/platform/clock';

const YEAR = (365 * DAY) / SECOND;

/** Returns the value of a cookie in a `Cookie` header, or null. */
export function readCookie(header: string | null, name: string): string | null {
  return (header && parse(header, name)[name]) ?? null;
}

function setCookie(
  name: string,
  value: string,
  maxAge: number,
  origin: string,
  path = '/',
): string {
  const secure = origin.startsWith('https:');
  return serialize(name, value, { path, maxAge, httpOnly: true, sameSite: 'Lax', secure });
}

/**
 * Returns the name of the session cookie. A browser accepts `__Host-` cookies only from this host
 * over https, so that no neighbouring subdomain can set one.
 */
export function sessionCookieName(origin: string): string {
  return origin.startsWith('https:') ? `__Host-${SESSION_COOKIE}` : SESSION_COOKIE;
}

/** True if the visitor may be logged in; used for content that only logged-out visitors see. */
export function hasSessionCookie(header: string | null): boolean {
  return [SESSION_COOKIE, `__Host-${SESSION_COOKIE}`].some((n) => readCookie(header, n) !== null);
}

export const LANGUAGE_COOKIE = 'causeway_language';

/** The browser keeps it as long as a session can last; the server decides when it ends. */
export function sessionCookie(token: string, origin: string): string {
  return setCookie(sessionCookieName(origin), token, (LONGEST_SESSION_DAYS * DAY) / SECOND, origin);
}

export function endedSessionCookie(origin: string): string {
  return setCookie(sessionCookieName(origin), '', 0, origin);
}

/** Deletes the cookie from before its name began with `__Host-` on https sites. */
export function endedOldSessionCookie(origin: string): string {
  return setCookie(SESSION_COOKIE, '', 0, origin);
}

export function languageCookie(language: string, origin: string): string {
  return setCookie(LANGUAGE_COOKIE, language, YEAR, origin);
}

/** Binds an emailed code, a second factor or a passkey to the browser that requested it. */
export function attemptCookie(token: string, origin: string): string {
  return setCookie(ATTEMPT_COOKIE, token, ATTEMPT_LIFETIME / SECOND, origin);
}

export function endedAttemptCookie(origin: string): string {
  return setCookie(ATTEMPT_COOKIE, '', 0, origin);
}

/** Identifies a browser that has been logged in to an account before. */
export function deviceCookie(mark: string, origin: string): string {
  return setCookie(DEVICE_COOKIE, mark, YEAR, origin);
}

export const ARRIVED_COOKIE = 'causeway_got';

/** Tells the script that keeps a text on the device which form arrived; it deletes the cookie. */
export function arrivedCookie(key: string, origin: string): string {
  return setCookie(ARRIVED_COOKIE, key, HOUR / SECOND, origin).replace('; HttpOnly', '');
}

export const RECOVERY_COOKIE = 'causeway_recovery';

/** Holds recovery codes for the one page that shows them; long enough for a slow phone. */
export function recoveryCookie(codes: string, origin: string): string {
  return setCookie(RECOVERY_COOKIE, codes, (10 * MINUTE) / SECOND, origin);
}

export function endedRecoveryCookie(origin: string): string {
  return setCookie(RECOVERY_COOKIE, '', 0, origin);
}

export const INVITATION_COOKIE = 'causeway_invitation';

/** Holds the invitation of a person who signs up, until they have confirmed their email address. */
export function invitationCookie(token: string, origin: string): string {
  return setCookie(INVITATION_COOKIE, token, (3 * DAY) / SECOND, origin, '/invitations');
}

export const NEW_INVITATION_COOKIE = 'causeway_new_invitation';

/** Holds the link of a new invitation for the page that shows it to the administrator. */
export function newInvitationCookie(token: string, origin: string): string {
  const path = '/admin/invitations';
  return setCookie(NEW_INVITATION_COOKIE, token, (10 * MINUTE) / SECOND, origin, path);
}

export function endedNewInvitationCookie(origin: string): string {
  return setCookie(NEW_INVITATION_COOKIE, '', 0, origin, '/admin/invitations');
}

export const PLACE_COOKIE = 'causeway_place';

/** The paths of the forms that ask for a place; the cookie is sent to no other page. */
const PLACE_PATHS = ['/t', '/p', '/key-points', '/barriers/new', '/threads/new', '/subscribe'];

/** Remembers a visitor's place and industry for the next form: one cookie for each path. */
export function placeCookies(value: string, origin: string): string[] {
  return PLACE_PATHS.map((path) => setCookie(PLACE_COOKIE, value, YEAR, origin, path));
}

/** True if forms on shared pages have to be filled in for this browser. */
export function hasPlaceCookie(header: string | null): boolean {
  return readCookie(header, PLACE_COOKIE) !== null;
}

export const SENT_COOKIE = 'causeway_sent';

/** Says on the page after a form where an email was sent and what waits there; see `rememberSent`. */
export function sentCookie(value: string, origin: string, page: string): string {
  return setCookie(SENT_COOKIE, value, HOUR / SECOND, origin, page);
}

export const LINK_COOKIE = 'causeway_link';

/** Where the links lead that confirm something; each has a cookie of its own. */
const LINK_PATHS = { account: '/confirm', subscription: '/subscriptions' };
type Confirmed = keyof typeof LINK_PATHS;

/**
 * Ties an emailed link to the browser that asked for it: there, opening the link is enough. `mark`
 * identifies the link; it is sent to the pages of such links only.
 */
export function linkCookie(mark: string, origin: string, what: Confirmed): string {
  return setCookie(LINK_COOKIE, mark, DAY / SECOND, origin, LINK_PATHS[what]);
}

export function endedLinkCookie(origin: string, what: Confirmed): string {
  return setCookie(LINK_COOKIE, '', 0, origin, LINK_PATHS[what]);
}
