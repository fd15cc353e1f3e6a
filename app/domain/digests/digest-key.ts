import type { Pillar } from '~/domain/community/vocabularies';
import type { SiteTranslator } from '~/platform/community/site-translator';
import { placeName } from '~/platform/places/names';
import { parseScope, type Scope } from '~/platform/places/scope';
import { slug } from './content-parts';

/**
 * The topic of a digest, as used in URLs and in the database: a place, or a place combined with a
 * pillar (`011~education`). Each has one spelling, made by `parseDigestKey`.
 */
export type DigestKey = Scope | `${Scope}~${Pillar}`;

/** An unreserved character in URLs (RFC 3986) that is not in any place code or pillar. */
const BETWEEN = '~';

/**
 * Reads a topic from a URL or form: `ng~policy` → `NG~policy`; null if it is not valid. Whether the
 * community has the pillar is not checked.
 */
export function parseDigestKey(text: string): DigestKey | null {
  const [code = '', named, ...more] = text.trim().split(BETWEEN);
  const scope = parseScope(code);
  if (!scope || more.length > 0) return null;
  if (named === undefined) return scope;
  const pillar = named.toLowerCase();
  return slug.safeParse(pillar).success ? digestKeyOf(scope, pillar) : null;
}

export function digestKeyOf(scope: Scope, pillar: Pillar | null): DigestKey {
  return pillar ? `${scope}${BETWEEN}${pillar}` : scope;
}

/** Returns the place of a topic. */
export function scopeOf(topic: DigestKey): Scope {
  return topic.split(BETWEEN)[0] ?? topic;
}

/** Returns the pillar of a topic; null if it covers all. */
export function pillarOf(topic: DigestKey): Pillar | null {
  return topic.split(BETWEEN)[1] || null;
}

/**
 * Returns a topic's name, such as "Western Africa: Education"; other text as it is. `nameOf` is
 * `placeInSentence` where the name stands in one.
 */
export function topicName(i18n: SiteTranslator, topic: string, nameOf = placeName): string {
  const place = nameOf(scopeOf(topic), i18n.locale);
  const pillar = pillarOf(topic);
  if (!pillar) return place;
  return i18n.t('digests.topic', { place, pillar: i18n.short('pillar', pillar) });
}
