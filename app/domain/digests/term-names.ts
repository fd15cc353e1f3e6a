import type { Community } from '~/platform/community/community';
import type { TermNames } from '~/platform/community/site-translator';
import type { DigestContent } from './content';

/** Returns what the community calls its kinds and the digest's pillar now, to be kept with it. */
export function termNamesOf(community: Community, { pillar }: DigestContent): TermNames {
  const barrier: Record<string, Record<string, { name: string; short: string }>> = {};
  for (const { slug, texts } of community.all('barrier')) {
    barrier[slug] = named(texts);
  }
  const texts = pillar && community.find('pillar', pillar)?.texts;
  return { barrier, ...(pillar && texts ? { pillar: { [pillar]: named(texts) } } : {}) };
}

function named(texts: ReadonlyMap<string, { name: string; short: string }>) {
  return Object.fromEntries(
    [...texts].map(([language, { name, short }]) => [language, { name, short }]),
  );
}
