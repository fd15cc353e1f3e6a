import { isPillar, type Pillar } from '~/domain/community/vocabularies';
import type { Translator } from '~/platform/i18n/translator';
import { placeName } from '~/platform/places/names';
import { parseScope, type Scope } from '~/platform/places/scope';

/**
 * What a digest is about, as it stands in addresses and in the database: a place, or a place
 * crossed with a pillar (`011~education`). There is one spelling of each, made by `parseTopic`.
 */
export type DigestKey = Scope | `${Scope}~${Pillar}`;

/** Unreserved in addresses (RFC 3986) and in no code of a place or pillar. */
const BETWEEN = '~';

/** Reads a topic from an address or form: `ng~policy` → `NG~policy`; null where it is none. */
export function parseDigestKey(text: string): DigestKey | null {
  const [code = '', slug, ...more] = text.trim().split(BETWEEN);
  const scope = parseScope(code);
  if (!scope || more.length > 0) return null;
  if (slug === undefined) return scope;
  const pillar = slug.toLowerCase();
  return isPillar(pillar) ? digestKeyOf(scope, pillar) : null;
}

export function digestKeyOf(scope: Scope, pillar: Pillar | null): DigestKey {
  return pillar ? `${scope}${BETWEEN}${pillar}` : scope;
}

/** The place that a topic is about. */
export function scopeOf(topic: DigestKey): Scope {
  return topic.split(BETWEEN)[0] ?? topic;
}

/** The pillar that a topic is narrowed to; null where it takes in all. */
export function pillarOf(topic: DigestKey): Pillar | null {
  const slug = topic.split(BETWEEN)[1] ?? '';
  return isPillar(slug) ? slug : null;
}

/** "Western Africa", or "Western Africa: Education". Text that is no topic stays as it is. */
export function topicName({ locale, t }: Translator, topic: string): string {
  const place = placeName(scopeOf(topic), locale);
  const pillar = pillarOf(topic);
  if (!pillar) return place;
  return t('digests.topic', { place, pillar: t(`vocabulary.pillar.${pillar}.short`) });
}
