import type { AppLoadContext } from '@remix-run/node';
import { shownPlace } from '~/domain/accounts/users/shown-place';
import { isIndustry } from '~/domain/community/vocabularies';
import { type LastPlace, lastPlaceOf } from '~/domain/forum/posts/last-place';
import { placeNamed } from '~/platform/places/typed';
import type { TypedFields } from '~db/schema/writing';
import { PLACE_COOKIE, placeCookies, readCookie } from './cookies';
import type { RouteArgs } from './request-context';

/** Returns the place and industry to offer: of the account, or what this browser remembers. */
export async function rememberedPlace(
  { app, visit }: AppLoadContext,
  request: Request,
): Promise<LastPlace> {
  const { person } = visit.visitor;
  const kept = placeInCookie(request);
  if (!person) return kept;
  const last = await lastPlaceOf(app.db.reader, person.id);
  return {
    country: last?.country || shownPlace(person) || kept.country,
    industry: last?.industry || kept.industry,
  };
}

/**
 * Remembers in the visitor's browser the place and industry that were sent. What a form does not
 * ask for stays as it is.
 */
export function rememberPlace({ request, context }: RouteArgs, fields: TypedFields): void {
  const { app, visit } = context;
  const sent = known(fields.country?.[0], fields.industry?.[0]);
  if (!sent.country && !sent.industry) return;
  const kept = placeInCookie(request);
  const country = fields.country ? sent.country : kept.country;
  const industry = fields.industry ? sent.industry : kept.industry;
  for (const cookie of placeCookies(`${country}.${industry}`, app.config.origin)) {
    visit.headers.append('Set-Cookie', cookie);
  }
}

/** Returns what the cookie remembers: two codes, `KE.Q`. */
function placeInCookie(request: Request): LastPlace {
  const cookie = readCookie(request.headers.get('Cookie'), PLACE_COOKIE) ?? '';
  return known(...cookie.split('.'));
}

/** Returns the codes of a place and an industry; empty for what is neither. */
function known(country = '', industry = ''): LastPlace {
  return {
    country: (country && placeNamed(country)) || '',
    industry: isIndustry(industry) ? industry : '',
  };
}
