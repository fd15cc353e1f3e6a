import { parse, serialize } from 'hono/utils/cookie';
import { DEVICE_COOKIE } from '~/domain/accounts/auth/known-devices';
import { ATTEMPT_COOKIE, ATTEMPT_LIFETIME } from '~/domain/accounts/auth/login-attempts';
import { LONGEST_SESSION_DAYS, SESSION_COOKIE } from '~/domain/accounts/auth/sessions';
import { DAY, HOUR, MINUTE, SECOND } from '~/platform/clock';

const YEAR = (365 * DAY) / SECOND;

/** The value of one cookie in a `Cookie` header, or null. */
export function readCookie(header: string | null, name: string): string | null {
  return (header && parse(header, name)[name]) ?? null;
}

function setCookie(name: string, value: string, maxAge: number, origin: string): string {
  const secure = origin.startsWith('https:');
  return serialize(name, value, { path: '/', maxAge, httpOnly: true, sameSite: 'Lax', secure });
}

/**
 * The name of the session's cookie. With `__Host-` a browser takes it from this host over https
 * alone, so that no neighbour under the same domain can set one.
 */
export function sessionCookieName(origin: string): string {
  return origin.startsWith('https:') ? `__Host-${SESSION_COOKIE}` : SESSION_COOKIE;
}

/** Whether somebody may be logged in; for what is shown to those alone who are not. */
export function hasSessionCookie(header: string | null): boolean {
  return [SESSION_COOKIE, `__Host-${SESSION_COOKIE}`].some((n) => readCookie(header, n) !== null);
}

export const LANGUAGE_COOKIE = 'causeway_language';

/** The browser keeps it as long as a session can last; the server knows when it ends. */
export function sessionCookie(token: string, origin: string): string {
  return setCookie(sessionCookieName(origin), token, (LONGEST_SESSION_DAYS * DAY) / SECOND, origin);
}

export function endedSessionCookie(origin: string): string {
  return setCookie(sessionCookieName(origin), '', 0, origin);
}

/** Takes away the cookie that https sites had before its name began with `__Host-`. */
export function endedOldSessionCookie(origin: string): string {
  return setCookie(SESSION_COOKIE, '', 0, origin);
}

export function languageCookie(language: string, origin: string): string {
  return setCookie(LANGUAGE_COOKIE, language, YEAR, origin);
}

/** What ties a mailed code, a second factor or a passkey to the browser that asked for it. */
export function attemptCookie(token: string, origin: string): string {
  return setCookie(ATTEMPT_COOKIE, token, ATTEMPT_LIFETIME / SECOND, origin);
}

export function endedAttemptCookie(origin: string): string {
  return setCookie(ATTEMPT_COOKIE, '', 0, origin);
}

/** By this a browser is known again that was logged in to an account. */
export function deviceCookie(mark: string, origin: string): string {
  return setCookie(DEVICE_COOKIE, mark, YEAR, origin);
}

export const ARRIVED_COOKIE = 'causeway_got';

/** Tells the script that keeps a text on its device which form has arrived; it takes it away. */
export function arrivedCookie(key: string, origin: string): string {
  return setCookie(ARRIVED_COOKIE, key, HOUR / SECOND, origin).replace('; HttpOnly', '');
}

export const RECOVERY_COOKIE = 'causeway_recovery';

/** Carries recovery codes to the one page that shows them; long enough for a slow phone. */
export function recoveryCookie(codes: string, origin: string): string {
  return setCookie(RECOVERY_COOKIE, codes, (10 * MINUTE) / SECOND, origin);
}

export function endedRecoveryCookie(origin: string): string {
  return setCookie(RECOVERY_COOKIE, '', 0, origin);
}
