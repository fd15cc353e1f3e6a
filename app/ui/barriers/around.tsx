import { pathTo } from '~/platform/paths';
import { placeName } from '~/platform/places/names';
import { ancestors } from '~/platform/places/places';

type Around = { code: string; name: string }[];

/** Returns the regions around a place, the world first. */
export function aroundOf(code: string, locale: string): Around {
  return ancestors(code)
    .toReversed()
    .map((region) => ({ code: region, name: placeName(region, locale) }));
}

/** Returns them as links: parts of a line, which separates them. */
export function aroundLinks(around: Around) {
  return around.map(({ code, name }) => (
    <a key={code} href={pathTo('/regions/:m49', { m49: code })}>
      {name}
    </a>
  ));
}
