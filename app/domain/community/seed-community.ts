import { and, eq, inArray } from 'drizzle-orm';
import { type Community, VOCABULARIES, type Vocabulary } from '~/platform/community/community';
import { TEXT_SLUGS } from '~/platform/community/texts';
import type { Db } from '~db/client';
import { countOf } from '~db/dialect';
import { cueWords, settings, terms, termTexts } from '~db/schema';
import bundle from '~db/seed/community.json';
import neutral from '~db/seed/neutral.json';
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
 * later version of the program added get a row without words, or with those that the program showed
 * before. Repeating it changes nothing.
 * @param now UTC milliseconds
 */
export async function seedCommunity(tx: Db, now: number): Promise<void> {
  const community = defaultCommunity();
  const known = await tx
    .select({ name: settings.name })
    .from(settings)
    .where(inArray(settings.name, Object.keys(SEEDED)));
  const filled = new Set(known.flatMap(({ name }) => SEEDED[name] ?? []));
  const fresh = VOCABULARIES.filter((vocabulary) => !filled.has(vocabulary));
  await fill(tx, community, fresh);
  await tx
    .insert(settings)
    .values(Object.keys(SEEDED).map((name) => ({ name, value: String(now) })))
    .onConflictDoNothing();
}

/**
 * Puts other vocabularies in the place of all that a site has, without a record of what was there. For
 * a site where nothing names them yet.
 */
export async function replaceVocabularies(tx: Db, community: Community): Promise<void> {
  await tx.delete(cueWords);
  await tx.delete(termTexts);
  await tx.delete(terms);
  await fill(tx, community, VOCABULARIES);
}

/** Texts that were messages of the program on every site, and name a subject: a site from before keeps them. */
const SHOWN_BEFORE: readonly string[] = ['first-answer'];

function isShownBefore({ vocabulary, slug }: { vocabulary: string; slug: string }): boolean {
  return vocabulary === 'text' && SHOWN_BEFORE.includes(slug);
}

/** Stores vocabularies with their words, and a row for each text that pages may show. */
async function fill(
  tx: Db,
  community: Community,
  vocabularies: readonly Vocabulary[],
): Promise<void> {
  const all = VOCABULARIES.flatMap((vocabulary) =>
    community.all(vocabulary).map((term, at) => ({ vocabulary, position: at + 1, ...term })),
  );
  const isFilled = ({ vocabulary }: { vocabulary: Vocabulary }) =>
    vocabularies.includes(vocabulary);
  const rows = all.filter((term) => isFilled(term) || term.vocabulary === 'text');
  const added = await tx
    .insert(terms)
    .values(rows.map(({ texts: _texts, ...term }) => term))
    .onConflictDoNothing()
    .returning({ vocabulary: terms.vocabulary, slug: terms.slug });
  const wasShown = new Set(added.filter(isShownBefore).map(({ slug }) => slug));
  const words = all
    .filter((term) => isFilled(term) || (isShownBefore(term) && wasShown.has(term.slug)))
    .flatMap(({ vocabulary, slug, texts }) =>
      [...texts].map(([language, text]) => ({ vocabulary, slug, language, ...text })),
    );
  if (words.length > 0) await tx.insert(termTexts).values(words).onConflictDoNothing();
}

/** Returns the community of a new site. */
export function defaultCommunity(): Community {
  return communityIn(bundle as CommunityFile);
}

/**
 * Returns that community without its subject: no topics, the kinds of barrier and rules that fit any
 * subject, and no texts, so that those of the program stand.
 */
export function neutralCommunity(): Community {
  const { pillars, barriers, glossary, rules, ...others } = bundle as CommunityFile;
  const without = <Entry extends { slug: string }>(
    list: readonly Entry[],
    omitted: readonly string[],
    reworded: readonly Entry[],
  ) =>
    list
      .filter(({ slug }) => !omitted.includes(slug))
      .map((entry) => reworded.find(({ slug }) => slug === entry.slug) ?? entry);
  return communityIn({
    ...others,
    pillars: without(pillars, neutral.omitted.pillars, []),
    barriers: without(barriers, neutral.omitted.barriers, neutral.barriers),
    glossary: without(glossary, neutral.omitted.glossary, neutral.glossary),
    rules: without(rules ?? [], [], neutral.rules),
    texts: {},
    settings: { ...others.settings, articleTitle: null, articleUrl: null },
  });
}
