import type { MessageKey } from '~/platform/i18n/translator';

/**
 * What pages say about a community's subject, by slug, with the message that each text replaces. Where
 * a community has none of its own in a language, the message stands: it names no subject.
 */
export const COMMUNITY_TEXTS = {
  tagline: 'site.home.title',
  about: 'pages.about.lead',
  'about-purpose': 'pages.about.what.1',
  'about-numbers': 'pages.about.figures.2',
  barriers: 'barriers.lead',
  'barriers-description': 'barriers.description',
  'first-answer': 'conversation.composer.body.first',
  'report-description': 'barriers.report.description',
  region: 'conversation.region.lead',
  'region-description': 'conversation.region.what',
  'digest-description': 'digests.page.what',
  'digest-citation': 'digests.cite.what',
} as const satisfies Record<string, MessageKey>;

export type TextSlug = keyof typeof COMMUNITY_TEXTS;

export const TEXT_SLUGS = Object.keys(COMMUNITY_TEXTS) as TextSlug[];

const slugs = new Map<MessageKey, TextSlug>(
  TEXT_SLUGS.map((slug) => [COMMUNITY_TEXTS[slug], slug]),
);

/** Returns the slug of the text that replaces a message; undefined for most messages. */
export function textFor(key: MessageKey): TextSlug | undefined {
  return slugs.get(key);
}

export function isTextSlug(text: string): text is TextSlug {
  return Object.hasOwn(COMMUNITY_TEXTS, text);
}
