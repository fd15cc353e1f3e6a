import { pathTo } from '~/platform/paths';
import type { CountryCode } from '~/platform/places/places';
import type { Stance } from '~db/schema/evidence';
import type { KeyPoint } from './key-points';
import { keyPointPath } from './paths';

/**
 * Returns a key point as JSON for programs. `byCountry` are the public numbers of `stanceTables`;
 * `origin` is the site's public URL without a trailing slash.
 */
export function keyPointData(
  point: KeyPoint,
  byCountry: Record<Stance, ReadonlyMap<CountryCode, number>>,
  origin: string,
) {
  const { meToo, notHere, noLonger } = point.stances;
  const stance = (people: number, name: Stance) => ({
    people,
    byCountry: Object.fromEntries(byCountry[name]),
  });
  const quoted = point.quoted && {
    title: point.quoted.title,
    sentence: point.quoted.sentence,
    language: point.quoted.language,
    proposed: true,
    proposedBy: 'best-sentence',
    model: null,
  };
  return {
    id: point.id,
    url: origin + keyPointPath(point),
    kind: point.kind,
    region: point.region,
    texts: [
      ...Object.values(point.texts).map(({ sourcePostId: _internal, ...text }) => text),
      ...(quoted ? [quoted] : []),
    ],
    people: point.people,
    countries: point.countries,
    regions: point.regions,
    since: new Date(point.since).toISOString(),
    stances: {
      'me-too': stance(meToo, 'me-too'),
      'not-here': stance(notHere, 'not-here'),
      'no-longer': stance(noLonger, 'no-longer'),
    },
    posts: point.posts.map(({ id, country, region, createdAt }) => ({
      id,
      url: origin + pathTo('/p/:id', { id }),
      country,
      region,
      createdAt: new Date(createdAt).toISOString(),
    })),
  };
}
