import { DAY, SECOND } from '~/clock';
import { SESSION_COOKIE, SESSION_DAYS } from '~/people/sessions';

const YEAR = (365 * DAY) / SECOND;

/** The value of one cookie in a `Cookie` header, or null. */
export function readCookie(header: string | null, name: string): string | null {
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}

function setCookie(name: string, value: string, maxAge: number, origin: string): string {
  const secure = origin.startsWith('https:') ? '; Secure' : '';
  return `${name}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`;
}

export const LANGUAGE_COOKIE = 'causeway_language';

export function sessionCookie(token: string, origin: string): string {
  return setCookie(SESSION_COOKIE, token, (SESSION_DAYS * DAY) / SECOND, origin);
}

export function endedSessionCookie(origin: string): string {
  return setCookie(SESSION_COOKIE, '', 0, origin);
}

export function languageCookie(language: string, origin: string): string {
  return setCookie(LANGUAGE_COOKIE, language, YEAR, origin);
}
