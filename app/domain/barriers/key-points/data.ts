import { pathTo } from '~/platform/paths';
import type { Stance } from '~db/schema/evidence';
import type { KeyPoint } from './key-points';
import { keyPointPath } from './paths';
import type { stancePlacesOf } from './stance-places';

/**
 * Returns a key point as JSON for programs. `places` are those of its stances; `origin` is the site's
 * public URL without a trailing slash.
 */
export function keyPointData(
  point: KeyPoint,
  places: Awaited<ReturnType<typeof stancePlacesOf>>,
  origin: string,
) {
  const { meToo, notHere, noLonger } = point.stances;
  const stance = (people: number, name: Stance) => ({
    people,
    atLeastByCountry: places[name],
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
    people: { ...point.people, all: point.people.reported + point.people.facing },
    countries: point.countries,
    regions: point.regions,
    since: new Date(point.since).toISOString(),
    stances: {
      'me-too': stance(meToo, 'me-too'),
      'not-here': stance(notHere, 'not-here'),
      'no-longer': stance(noLonger, 'no-longer'),
    },
    countriesCountedAt: places.countedAt && new Date(places.countedAt).toISOString(),
    posts: point.posts.map(({ id, country, region, createdAt }) => ({
      id,
      url: origin + pathTo('/p/:id', { id }),
      country,
      region,
      createdAt: new Date(createdAt).toISOString(),
    })),
  };
}
