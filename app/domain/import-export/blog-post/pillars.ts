import type { Pillar } from '~/domain/community/vocabularies';

const KEYWORDS: [Pillar, RegExp][] = [
  ['open-source', /\bopen[\s-]?source\b|\bcollaborative research\b/i],
  ['education', /\b(?:education|skills?|literacy|training)\b/i],
  ['infrastructure', /\b(?:infrastructures?|comput(?:e|ing))\b/i],
  ['policy', /\b(?:polic(?:y|ies)|governance|regulations?)\b/i],
];

/** Returns the pillar that a name matches; null if it matches none or several. */
export function pillarNamed(name: string): Pillar | null {
  const matching = KEYWORDS.filter(([, keyword]) => keyword.test(name));
  const [only] = matching;
  return matching.length === 1 && only ? only[0] : null;
}
