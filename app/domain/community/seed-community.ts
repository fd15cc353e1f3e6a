import { type Community, VOCABULARIES } from '~/platform/community/community';
import { findValue } from '~/platform/installation-values';
import type { Db } from '~db/client';
import { settings, terms, termTexts } from '~db/schema';
import bundle from '~db/seed/community.json';
import { type CommunityFile, communityIn } from './community-file';

/** The setting that says when the vocabularies were filled: they are never filled a second time. */
const SEEDED = 'community-seeded';

/** True if a site has its vocabularies. */
export async function hasCommunity(db: Db): Promise<boolean> {
  return (await findValue(db, SEEDED)) !== null;
}

/**
 * Fills the vocabularies of a new site, and those of a site from before they were data. Repeating it
 * changes nothing.
 * @param now UTC milliseconds
 */
export async function seedCommunity(tx: Db, now: number): Promise<void> {
  if (await hasCommunity(tx)) return;
  await tx
    .insert(settings)
    .values({ name: SEEDED, value: String(now) })
    .onConflictDoNothing();
  const community = defaultCommunity();
  const all = VOCABULARIES.flatMap((vocabulary) =>
    community.all(vocabulary).map((term, at) => ({ vocabulary, position: at + 1, ...term })),
  );
  await tx
    .insert(terms)
    .values(all.map(({ texts: _texts, ...term }) => term))
    .onConflictDoNothing();
  await tx
    .insert(termTexts)
    .values(
      all.flatMap(({ vocabulary, slug, texts }) =>
        [...texts].map(([language, text]) => ({ vocabulary, slug, language, ...text })),
      ),
    )
    .onConflictDoNothing();
}

/** Returns the community of a new site. */
export function defaultCommunity(): Community {
  return communityIn(bundle as CommunityFile);
}
