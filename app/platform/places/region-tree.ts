import { placeName } from './names';
import { childRegions } from './places';

/** A region with its name and what lies within it. */
export interface RegionNode {
  code: string;
  name: string;
  regions: RegionNode[];
}

/** The M49 regions below one (`world` or a code), in the alphabetical order of the language. */
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
