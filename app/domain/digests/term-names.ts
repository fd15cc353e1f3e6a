import type { Community, Term, Titled } from '~/platform/community/community';
import type { TermNames } from '~/platform/community/site-translator';
import type { DigestContent } from './content';

/**
 * Returns what the community calls its kinds and the digest's pillar or conversation now, to be kept with
 * it.
 */
export function termNamesOf(
  community: Community,
  { pillar, conversation }: DigestContent,
): TermNames {
  const barrier: Record<string, Record<string, { name: string; short: string }>> = {};
  const namesOf = (vocabulary: 'barrier' | 'pillar', term: Term) =>
    named(
      new Map(
        [...term.texts.keys()].map((tag) => [tag, community.text(vocabulary, term.slug, tag)]),
      ),
    );
  for (const kind of community.all('barrier')) barrier[kind.slug] = namesOf('barrier', kind);
  const topic = pillar && community.find('pillar', pillar);
  const opened = conversation && community.conversations.get(conversation);
  return {
    barrier,
    ...(topic ? { pillar: { [topic.slug]: namesOf('pillar', topic) } } : {}),
    ...(opened ? { conversation: { [conversation]: titlesOf(community, opened) } } : {}),
  };
}

/** The title as it is comes first. */
function titlesOf(community: Community, { id, title, language }: Titled) {
  const translated = community.translatedTitles('conversation', { id, title, language });
  const titles = [[language, title] as const, ...translated];
  return named(new Map(titles.map(([tag, name]) => [tag, { name, short: '' }])));
}

function named(texts: ReadonlyMap<string, { name: string; short: string }>) {
  return Object.fromEntries(
    [...texts].map(([language, { name, short }]) => [language, { name, short }]),
  );
}
