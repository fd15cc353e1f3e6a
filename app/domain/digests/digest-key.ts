import type { Pillar } from '~/domain/community/vocabularies';
import type { SiteTranslator } from '~/platform/community/site-translator';
import { placeName } from '~/platform/places/names';
import { parseScope, type Scope } from '~/platform/places/scope';
import { conversationSlug, slug } from './content-parts';

/**
 * The topic of a digest, as used in URLs and in the database: a place, or a place combined with a
 * pillar (`011~education`) or with a conversation, by its slug (`011~c~water-at-night`). Each has one
 * spelling, made by `parseDigestKey`.
 */
export type DigestKey = Scope | `${Scope}~${Pillar}` | `${Scope}~c~${string}`;

/** An unreserved character in URLs (RFC 3986) that is not in any place code, pillar or conversation. */
const BETWEEN = '~';

/** What stands before the slug of a conversation, also in the path of its page. */
const CONVERSATION = 'c';

/**
 * Reads a topic from a URL or form: `ng~policy` → `NG~policy`; null if it is not valid. Whether the
 * community has the pillar or conversation is not checked.
 */
export function parseDigestKey(text: string): DigestKey | null {
  const [code = '', named, conversation, ...more] = text.trim().split(BETWEEN);
  const scope = parseScope(code);
  if (!scope || more.length > 0) return null;
  if (named === undefined) return scope;
  if (conversation !== undefined) {
    const isOne = named === CONVERSATION && conversationSlug.safeParse(conversation).success;
    return isOne ? topicOf({ scope, conversation }) : null;
  }
  const pillar = named.toLowerCase();
  return slug.safeParse(pillar).success ? topicOf({ scope, pillar }) : null;
}

/** Returns the topic of a place, with a pillar or conversation if any. */
export function topicOf(of: {
  scope: Scope;
  pillar?: Pillar | null | undefined;
  conversation?: string | undefined;
}): DigestKey {
  if (of.conversation) return `${of.scope}${BETWEEN}${CONVERSATION}${BETWEEN}${of.conversation}`;
  return of.pillar ? `${of.scope}${BETWEEN}${of.pillar}` : of.scope;
}

/** Returns the place of a topic. */
export function scopeOf(topic: DigestKey): Scope {
  return topic.split(BETWEEN)[0] ?? topic;
}

/** Returns the pillar of a topic; null if it covers all. */
export function pillarOf(topic: DigestKey): Pillar | null {
  const [, pillar, conversation] = topic.split(BETWEEN);
  return conversation === undefined ? (pillar ?? null) : null;
}

/** Returns the slug of the conversation of a topic; null if it covers all. */
export function conversationOf(topic: DigestKey): string | null {
  return topic.split(BETWEEN)[2] ?? null;
}

/**
 * Returns a topic's name, such as "Western Africa: Education" or "Kenya: Water at night"; other text as
 * it is. `nameOf` is `placeInSentence` where the name stands in one.
 */
export function topicName(i18n: SiteTranslator, topic: string, nameOf = placeName): string {
  const place = nameOf(scopeOf(topic), i18n.locale);
  const [pillar, conversation] = [pillarOf(topic), conversationOf(topic)];
  if (conversation) {
    return i18n.t('digests.topic', { place, pillar: i18n.conversationTitle(conversation) });
  }
  return pillar ? i18n.t('digests.topic', { place, pillar: i18n.short('pillar', pillar) }) : place;
}

/** Returns the first row of each digest, its newest version where the rows come newest first. */
export function newestOfEach<T extends { scope: DigestKey; period: string }>(
  rows: readonly T[],
): T[] {
  const seen = new Set<string>();
  return rows.filter(({ scope, period }) => {
    const key = `${scope} ${period}`;
    return !seen.has(key) && seen.add(key);
  });
}
