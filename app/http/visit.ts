import { DEFAULT_LOCALE, isLocale, type Locale, localeFromAcceptLanguage } from '~/i18n/locales';
import { translator } from '~/i18n/translator';
import { SESSION_COOKIE, sessionPerson } from '~/people/sessions';
import { ANONYMOUS, type Visitor, visitorOf } from '~/people/visitor';
import type { Site } from '~/site';
import type { Visit } from './context';
import { LANGUAGE_COOKIE, readCookie } from './cookies';

/** Finds out who asks and in which language. */
export async function beginVisit(
  site: Site,
  request: Request,
  about: { requestId: string; address: string },
): Promise<Visit> {
  const cookies = request.headers.get('Cookie');
  const visitor = await visitorFor(site, readCookie(cookies, SESSION_COOKIE));
  return {
    ...about,
    method: request.method,
    visitor,
    i18n: translator(localeFor(visitor, cookies, request.headers.get('Accept-Language'))),
    headers: new Headers(),
  };
}

async function visitorFor(site: Site, token: string | null): Promise<Visitor> {
  if (!token) return ANONYMOUS;
  const person = await sessionPerson(site.db.reader, site.clock, token);
  return visitorOf(person, site.clock.now());
}

/** The footer form first, then the account, then the browser. */
function localeFor(
  visitor: Visitor,
  cookies: string | null,
  acceptLanguage: string | null,
): Locale {
  const chosen = readCookie(cookies, LANGUAGE_COOKIE);
  if (isLocale(chosen)) return chosen;
  if (isLocale(visitor.person?.language)) return visitor.person.language;
  return localeFromAcceptLanguage(acceptLanguage) ?? DEFAULT_LOCALE;
}
