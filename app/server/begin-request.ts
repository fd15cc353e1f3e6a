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
import { LANGUAGE_COOKIE, readCookie } from './cookies';
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
  const token = readCookie(cookies, SESSION_COOKIE);
  const found = token ? await findSession(app.db.reader, app.clock, token) : null;
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
    headers: new Headers(),
  };
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
