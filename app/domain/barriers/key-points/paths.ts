import { slugOf } from '~/domain/forum/threads/slug';
import { DEFAULT_LOCALE } from '~/platform/i18n/locales';
import { pathTo } from '~/platform/paths';
import { placeName } from '~/platform/places/names';
import { type KeyPoint, writtenText } from './key-points';

/** In characters; short, since a thread's page links to many. */
const LONGEST = 40;

/** Returns the path of a key point's page; only the id is permanent. */
export function keyPointPath(
  point: Pick<KeyPoint, 'id' | 'texts' | 'quoted' | 'kind' | 'region'>,
): string {
  return pathTo('/key-points/:id/:slug?', { id: point.id, slug: keyPointSlug(point) });
}

/**
 * Returns the readable part of the path: its title, in the default language if it has one, else its
 * kind and place.
 */
export function keyPointSlug(
  point: Pick<KeyPoint, 'texts' | 'quoted' | 'kind' | 'region'>,
): string {
  const { kind, region } = point;
  const unnamed = `${kind} ${placeName(region, DEFAULT_LOCALE)}`;
  return slugOf(writtenText(point, DEFAULT_LOCALE)?.title ?? unnamed, LONGEST);
}
