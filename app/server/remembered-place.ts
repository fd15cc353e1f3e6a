import type { AppLoadContext } from '@remix-run/node';
import { shownPlace } from '~/domain/accounts/users/shown-place';
import { isIndustry } from '~/domain/community/vocabularies';
import { type LastPlace, lastPlaceOf } from '~/domain/forum/posts/last-place';
import { parsePlace } from '~/domain/forum/posts/typed-place';
import type { TypedFields } from '~db/schema/writing';
import { PLACE_COOKIE, placeCookies, readCookie } from './cookies';

/** Returns the place and industry to offer: of the last post, the profile, or this browser. */
export async function rememberedPlace(
  { app, visit }: AppLoadContext,
  request: Request,
): Promise<LastPlace> {
  const { person } = visit.visitor;
  if (!person) {
    // The cookie holds two codes, `KE.Q`.
    const cookie = readCookie(request.headers.get('Cookie'), PLACE_COOKIE) ?? '';
    return known(...cookie.split('.'));
  }
  const last = await lastPlaceOf(app.db.reader, person.id);
  return { industry: '', ...last, country: last?.country || shownPlace(person) || '' };
}

/** Remembers in the visitor's browser the place and industry that were sent. */
export function rememberPlace({ app, visit }: AppLoadContext, fields: TypedFields): void {
  const { country, industry } = known(fields.country?.[0], fields.industry?.[0]);
  if (!country && !industry) return;
  for (const cookie of placeCookies(`${country}.${industry}`, app.config.origin)) {
    visit.headers.append('Set-Cookie', cookie);
  }
}

/** Returns the codes of a place and an industry; empty for what is neither. */
function known(country = '', industry = ''): LastPlace {
  const place = parsePlace(country);
  return {
    country: place?.country ?? place?.region ?? '',
    industry: isIndustry(industry) ? industry : '',
  };
}
