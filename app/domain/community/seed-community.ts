import { and, eq, inArray } from 'drizzle-orm';
import { type Community, VOCABULARIES, type Vocabulary } from '~/platform/community/community';
import { TEXT_SLUGS } from '~/platform/community/texts';
import type { Db } from '~db/client';
import { countOf } from '~db/dialect';
import { settings, terms, termTexts } from '~db/schema';
import bundle from '~db/seed/community.json';
import { type CommunityFile, communityIn } from './community-file';

/** The settings that say which vocabularies were filled: none is filled a second time. */
const SEEDED: Record<string, readonly Vocabulary[]> = {
  'community-seeded': ['pillar', 'barrier', 'glossary'],
  'community-words-seeded': ['rule', 'reply', 'industry', 'text'],
};

/** True if a site has its vocabularies, with a row for each text that pages may show. */
export async function hasCommunity(db: Db): Promise<boolean> {
  const names = Object.keys(SEEDED);
  const filled = await countOf(db, settings, inArray(settings.name, names));
  const texts = and(eq(terms.vocabulary, 'text'), inArray(terms.slug, TEXT_SLUGS));
  return filled === names.length && (await countOf(db, terms, texts)) === TEXT_SLUGS.length;
}

/**
 * Fills the vocabularies of a new site, and those of a site from before they were data. Texts that a
 * later version of the program added get a row without words. Repeating it changes nothing.
 * @param now UTC milliseconds
 */
export async function seedCommunity(tx: Db, now: number): Promise<void> {
  const community = defaultCommunity();
  const known = await tx
    .select({ name: settings.name })
    .from(settings)
    .where(inArray(settings.name, Object.keys(SEEDED)));
  const filled = new Set(known.flatMap(({ name }) => SEEDED[name] ?? []));
  const all = VOCABULARIES.flatMap((vocabulary) =>
    community.all(vocabulary).map((term, at) => ({ vocabulary, position: at + 1, ...term })),
  );
  const fresh = all.filter(({ vocabulary }) => !filled.has(vocabulary));
  const rows = [...fresh, ...all.filter(({ vocabulary }) => vocabulary === 'text')];
  await tx
    .insert(terms)
    .values(rows.map(({ texts: _texts, ...term }) => term))
    .onConflictDoNothing();
  const words = fresh.flatMap(({ vocabulary, slug, texts }) =>
    [...texts].map(([language, text]) => ({ vocabulary, slug, language, ...text })),
  );
  if (words.length > 0) await tx.insert(termTexts).values(words).onConflictDoNothing();
  await tx
    .insert(settings)
    .values(Object.keys(SEEDED).map((name) => ({ name, value: String(now) })))
    .onConflictDoNothing();
}

/** Returns the community of a new site. */
export function defaultCommunity(): Community {
  return communityIn(bundle as CommunityFile);
}
