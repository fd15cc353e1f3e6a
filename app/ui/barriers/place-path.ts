import { pathTo } from '~/platform/paths';
import { isRegion, type PlaceCode } from '~/platform/places/places';

/** Returns the path of the page of a region or country. */
export function placePath(code: PlaceCode): string {
  return isRegion(code)
    ? pathTo('/regions/:m49', { m49: code })
    : pathTo('/countries/:alpha2', { alpha2: code });
}
