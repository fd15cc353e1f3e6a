import { extendSession, findSession, SESSION_COOKIE } from '~/domain/accounts/auth/sessions';
import { visitorOf } from '~/domain/accounts/users/visitor';
import type { AppContext } from '~/platform/app-context';
import {
  DEFAULT_LOCALE,
  isLocale,
  type Locale,
  localeFromAcceptLanguage,
} from '~/platform/i18n/locales';
import { translator } from '~/platform/i18n/translator';
import { isStorageTrouble } from '~db/storage-errors';
import {
  endedOldSessionCookie,
  LANGUAGE_COOKIE,
  readCookie,
  sessionCookie,
  sessionCookieName,
} from './cookies';
import { isEmbedded } from './headers';
import type { RequestContext } from './request-context';

/** Finds out who asks and in which language. */
export async function beginRequest(
  app: AppContext,
  request: Request,
  about: { requestId: string; address: string },
): Promise<RequestContext> {
  // In a page elsewhere everybody is nobody: no cookie is read there.
  const embedded = isEmbedded(new URL(request.url).pathname);
  const cookies = embedded ? null : request.headers.get('Cookie');
  const headers = new Headers();
  const found = await sessionOf(app, cookies, headers);
  if (found?.session.extendable && request.method === 'POST') {
    const { session } = found;
    await app.db
      .write((tx) => extendSession(tx, app.clock, session))
      .catch((error: unknown) => {
        // What was typed must not be lost over it: the form itself answers for storage trouble.
        if (!isStorageTrouble(error)) throw error;
      });
  }
  const visitor = visitorOf(found?.person ?? null, app.clock.now(), {
    secondFactor: (found?.session.secondFactorAt ?? null) !== null,
  });
  return {
    ...about,
    method: request.method,
    visitor,
    session: found?.session ?? null,
    i18n: translator(
      requestLocale(cookies, request.headers.get('Accept-Language'), visitor.person?.language),
      visitor.person?.timeZone,
    ),
    headers,
  };
}

/** Sessions that are younger never had a cookie without `__Host-` on https. */
const LAST_OLD_COOKIE = Date.UTC(2027, 0, 1);

/**
 * The session that the cookies open. On https an old one without `__Host-` is replaced in `headers`
 * by one with it; for a younger session it is ignored, since a neighbour could have set it.
 */
async function sessionOf(app: AppContext, cookies: string | null, headers: Headers) {
  const { db, clock, config } = app;
  const name = sessionCookieName(config.origin);
  const token = readCookie(cookies, name);
  if (token) return findSession(db.reader, clock, token);
  const old = name === SESSION_COOKIE ? null : readCookie(cookies, SESSION_COOKIE);
  const found = old ? await findSession(db.reader, clock, old) : null;
  if (!old || !found || found.session.createdAt >= LAST_OLD_COOKIE) return null;
  headers.append('Set-Cookie', sessionCookie(old, config.origin));
  headers.append('Set-Cookie', endedOldSessionCookie(config.origin));
  return found;
}

/** The footer form first, then the account, then the browser. */
export function requestLocale(
  cookies: string | null,
  acceptLanguage: string | null,
  ofAccount?: string | null,
): Locale {
  const chosen = readCookie(cookies, LANGUAGE_COOKIE);
  if (isLocale(chosen)) return chosen;
  if (isLocale(ofAccount)) return ofAccount;
  return localeFromAcceptLanguage(acceptLanguage) ?? DEFAULT_LOCALE;
}
