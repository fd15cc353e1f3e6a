import { placeName } from './names';
import { childRegions } from './places';

/** A region with its name and the regions in it. */
export interface RegionNode {
  code: string;
  name: string;
  regions: RegionNode[];
}

/** Returns the regions below one (`world` or M49), sorted alphabetically for the language. */
export function regionTree(scope: string, locale: string): RegionNode[] {
  const { compare } = new Intl.Collator(locale);
  return childRegions(scope)
    .map((code) => ({
      code,
      name: placeName(code, locale),
      regions: regionTree(code, locale),
    }))
    .sort((a, b) => compare(a.name, b.name));
}
