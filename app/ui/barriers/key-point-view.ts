import {
  type KeyPoint,
  type KeyPointQuery,
  keyPointsOf,
  keyPointsOfConversation,
  keyPointsOfPosts,
  keyPointsOfThread,
  keyPointText,
} from '~/domain/barriers/key-points/key-points';
import { namesOfPlaces } from '~/domain/barriers/place-names';
import type { AppContext } from '~/platform/app-context';
import type { SiteTranslator } from '~/platform/community/site-translator';
import { pathTo } from '~/platform/paths';
import { placeInSentence, placeName } from '~/platform/places/names';
import type { KeyPointLink } from './key-point-link';

/** "3 people reported it; 4 more face it too, worldwide". */
export function peopleText({ people }: KeyPoint, { t }: SiteTranslator): string {
  const { reported, facing } = people;
  if (facing === 0) return t('keyPoints.reported', { n: reported });
  return t('keyPoints.people', { reported, facing });
}

/**
 * Where it was reported from, countries before regions, of which some hold these; may be empty. "Guinea and Senegal", or
 * "reported from Guinea and Senegal" where others face it too: those are counted worldwide.
 */
export function placesText(point: KeyPoint, i18n: SiteTranslator): string {
  const { list, t } = i18n;
  const codes = [...point.countries, ...point.regions];
  const listed = (nameOf: typeof placeName) => list(namesOfPlaces(codes, i18n, nameOf));
  return codes.length > 0 && point.people.facing
    ? t('keyPoints.from', { places: listed(placeInSentence) })
    : listed(placeName);
}

export function keyPointLink(point: KeyPoint, i18n: SiteTranslator): KeyPointLink {
  const { title, language, proposed } = keyPointText(point, i18n);
  return {
    id: point.id,
    // Without the title: a page of a thread links to many.
    path: pathTo('/key-points/:id/:slug?', { id: point.id }),
    title,
    language,
    proposed,
    people: peopleText(point, i18n),
    places: placesText(point, i18n),
  };
}

/** The key points that posts are in, by post; for loaders only. See `linksOf`. */
export async function keyPointLinks(
  app: AppContext,
  postIds: readonly string[],
  i18n: SiteTranslator,
): Promise<Record<string, KeyPointLink>> {
  return linksOf(await keyPointsOfPosts(app.db.reader, app.community, postIds), i18n);
}

/** Key points by post as links. One that only repeats the post itself is left out. */
export function linksOf(
  points: ReadonlyMap<string, KeyPoint>,
  i18n: SiteTranslator,
): Record<string, KeyPointLink> {
  const links = [...points].map(([postId, point]) => {
    const link = keyPointLink(point, i18n);
    return isShared(point, link) ? [[postId, link] as const] : [];
  });
  return Object.fromEntries(links.flat());
}

/** False for one person's report under a title that nobody confirmed: it would only repeat the post. */
function isShared(point: KeyPoint, link: KeyPointLink): boolean {
  return (
    point.people.reported + point.people.facing > 1 ||
    (!link.proposed && Object.keys(point.texts).length > 0)
  );
}

/** The key points that most posts of a thread report; for loaders only. */
export async function keyPointRowsOfThread(
  app: AppContext,
  threadId: string,
  i18n: SiteTranslator,
): Promise<KeyPointLink[]> {
  return sharedLinks(await keyPointsOfThread(app.db.reader, app.community, threadId, 3), i18n);
}

/** The same of a conversation; for loaders only. */
export async function keyPointRowsOfConversation(
  app: AppContext,
  conversationId: string,
  i18n: SiteTranslator,
): Promise<KeyPointLink[]> {
  return sharedLinks(
    await keyPointsOfConversation(app.db.reader, app.community, conversationId, 3),
    i18n,
  );
}

/** Key points as links, without those that only repeat one post. */
export function sharedLinks(points: readonly KeyPoint[], i18n: SiteTranslator): KeyPointLink[] {
  return points.flatMap((point) => {
    const link = keyPointLink(point, i18n);
    return isShared(point, link) ? [link] : [];
  });
}

/** The key points of a place or kind with most people, read once until they change; for loaders only. */
export async function keyPointRows(
  { db: database, refreshCommunity }: AppContext,
  query: KeyPointQuery,
  i18n: SiteTranslator,
): Promise<KeyPointLink[]> {
  const points = await database.kept(`key points ${JSON.stringify(query)}`, async (db) => {
    // Asked for anew: what is kept then depends on the words of the community, too.
    const community = await refreshCommunity();
    return keyPointsOf(db, community, { limit: 5, ...query });
  });
  return points.map((point) => keyPointLink(point, i18n));
}
