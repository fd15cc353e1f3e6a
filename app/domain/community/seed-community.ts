import { eq } from 'drizzle-orm';
import {
  Community,
  type Term,
  type TermText,
  type Vocabulary,
} from '~/platform/community/community';
import type { Db } from '~db/client';
import { settings, terms, termTexts } from '~db/schema';
import bundle from '~db/seed/community.json';

/** A term in a file of a community. */
interface BundledTerm {
  slug: string;
  glyph?: string;
  colour?: string;
  /** By language, BCP 47. */
  texts: Record<string, Partial<TermText> & { name: string }>;
}

const BUNDLED: Record<Vocabulary, BundledTerm[]> = {
  pillar: bundle.pillars,
  barrier: bundle.barriers,
  glossary: bundle.glossary,
};

/** The setting that says when the vocabularies were filled: they are never filled a second time. */
const SEEDED = 'community-seeded';

/** True if a site has its vocabularies. */
export async function hasCommunity(db: Db): Promise<boolean> {
  const rows = await db.select().from(settings).where(eq(settings.name, SEEDED));
  return rows.length > 0;
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
  const all = (Object.entries(BUNDLED) as [Vocabulary, BundledTerm[]][]).flatMap(
    ([vocabulary, list]) => list.map((term, at) => ({ vocabulary, position: at + 1, term })),
  );
  await tx
    .insert(terms)
    .values(
      all.map(({ vocabulary, position, term: { slug, glyph, colour } }) => ({
        ...{ vocabulary, slug, position, state: 'active' as const, mergedInto: null },
        ...{ glyph: glyph ?? null, colour: colour ?? null },
      })),
    )
    .onConflictDoNothing();
  await tx
    .insert(termTexts)
    .values(
      all.flatMap(({ vocabulary, term }) =>
        Object.entries(term.texts).map(([language, text]) => ({
          ...{ vocabulary, slug: term.slug, language },
          ...{ short: '', description: '', examples: '', ...text },
        })),
      ),
    )
    .onConflictDoNothing();
}

/** Returns the community of a new site, without a database: for tests and tools. */
export function defaultCommunity(): Community {
  const of = (vocabulary: Vocabulary): Term[] =>
    BUNDLED[vocabulary].map(({ slug, glyph, colour, texts }) => ({
      ...{ slug, state: 'active', mergedInto: null },
      ...{ glyph: glyph ?? null, colour: colour ?? null },
      texts: new Map(
        Object.entries(texts).map(([language, text]) => [
          language,
          { short: '', description: '', examples: '', ...text },
        ]),
      ),
    }));
  return new Community({ pillar: of('pillar'), barrier: of('barrier'), glossary: of('glossary') });
}
