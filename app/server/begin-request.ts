import { extendSession, findSession, SESSION_COOKIE } from '~/domain/accounts/auth/sessions';
import { visitorOf } from '~/domain/accounts/users/visitor';
import type { AppContext } from '~/platform/app-context';
import { siteTranslator } from '~/platform/community/site-translator';
import { isLocale, type Locale, localesInAcceptLanguage } from '~/platform/i18n/locales';
import type { SiteSettings } from '~/platform/site-settings';
import { isStorageTrouble } from '~db/storage-errors';
import {
  endedOldSessionCookie,
  LANGUAGE_COOKIE,
  readCookie,
  sessionCookie,
  sessionCookieName,
} from './cookies';
import { readEmbedOptions } from './embed';
import { isEmbedded } from './headers';
import type { RequestContext } from './request-context';

/** Determines the visitor and the language of a request. */
export async function beginRequest(
  app: AppContext,
  request: Request,
  about: Pick<RequestContext, 'requestId' | 'address' | 'tooLarge' | 'kept'>,
): Promise<RequestContext> {
  // Embedded pages read no cookies: every visitor is anonymous there.
  const url = new URL(request.url);
  const embedded = isEmbedded(url.pathname);
  const cookies = embedded ? null : request.headers.get('Cookie');
  const headers = new Headers();
  const found = await sessionOf(app, cookies, headers);
  if (found?.session.extendable && request.method === 'POST') {
    const { session } = found;
    await app.db
      .write((tx) => extendSession(tx, app.clock, session), {
        about: [`person:${found.person.id}`],
      })
      .catch((error: unknown) => {
        // If storage fails here, the form itself must handle it, so that the typed text is not
        // lost.
        if (!isStorageTrouble(error)) throw error;
      });
  }
  const visitor = visitorOf(found?.person ?? null, app.clock.now(), {
    secondFactor: (found?.session.secondFactorAt ?? null) !== null,
  });
  const community = await app.refreshCommunity();
  const accepted = request.headers.get('Accept-Language');
  const asked = embedded ? readEmbedOptions(url.searchParams).language : null;
  const wished = wishedLocales(
    cookies,
    // The language of the page around comes before the reader's.
    asked ? [asked, accepted].filter(Boolean).join() : accepted,
    visitor.person?.language,
  );
  return {
    ...about,
    answered: null,
    method: request.method,
    visitor,
    session: found?.session ?? null,
    i18n: siteTranslator(
      community,
      offeredLocale(wished, community.settings),
      visitor.person?.timeZone,
    ),
    headers,
  };
}

/** Sessions created after this date never had a cookie without `__Host-` on https. */
const LAST_OLD_COOKIE = Date.UTC(2027, 0, 1);

/**
 * Returns the session of the cookies. On https, an old cookie without `__Host-` is replaced in
 * `headers` by one with it. For newer sessions such a cookie is ignored, because a neighbouring
 * subdomain could have set it.
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

/**
 * Returns the languages that a visitor would like, the preferred one first: the one chosen on a
 * page, then the account's setting, then the browser's.
 */
export function wishedLocales(
  cookies: string | null,
  acceptLanguage: string | null,
  ofAccount?: string | null,
): Locale[] {
  const chosen = [readCookie(cookies, LANGUAGE_COOKIE), ofAccount].filter(isLocale);
  return [...new Set([...chosen, ...localesInAcceptLanguage(acceptLanguage)])];
}

/** Returns the first of these languages that the site offers, or else the site's own. */
export function offeredLocale(
  wished: readonly Locale[],
  { languages, defaultLanguage }: Pick<SiteSettings, 'languages' | 'defaultLanguage'>,
): Locale {
  return wished.find((one) => languages.includes(one)) ?? defaultLanguage;
}
