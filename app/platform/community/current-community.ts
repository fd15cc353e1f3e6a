import { asc } from 'drizzle-orm';
import type { Db } from '~db/client';
import { terms, termTexts } from '~db/schema';
import { versionOfTables } from '~db/tracked-reads';
import { Community, type Term, type TermText, type Vocabulary } from './community';

/** Reads the vocabularies of a site. */
export async function loadCommunity(db: Db): Promise<Community> {
  const rows = await db.select().from(terms).orderBy(asc(terms.position), asc(terms.slug));
  const texts = await db.select().from(termTexts).orderBy(asc(termTexts.language));
  const textsOf = new Map<string, Map<string, TermText>>();
  for (const { vocabulary, slug, language, ...text } of texts) {
    const key = `${vocabulary} ${slug}`;
    textsOf.set(key, (textsOf.get(key) ?? new Map()).set(language, text));
  }
  const of = (wanted: Vocabulary): Term[] =>
    rows
      .filter(({ vocabulary }) => vocabulary === wanted)
      .map(({ vocabulary, slug, glyph, colour, state, mergedInto }) => ({
        ...{ slug, glyph, colour, state, mergedInto },
        texts: textsOf.get(`${vocabulary} ${slug}`) ?? new Map(),
      }));
  return new Community({ pillar: of('pillar'), barrier: of('barrier'), glossary: of('glossary') });
}

/** The community of a running process. */
export interface CurrentCommunity {
  readonly value: Community;
  /**
   * Reads the vocabularies again if they have changed, in this or in another process. A page that
   * is being made depends on them from now on.
   */
  refresh(): Promise<Community>;
}

/** Loads the community once; `refresh` keeps it true. */
export async function followCommunity(db: Db): Promise<CurrentCommunity> {
  const newest = () => versionOfTables(db, ['terms', 'termTexts']);
  // The version is read first: a change in between is then seen by the next `refresh`.
  let version = await newest();
  let value = await loadCommunity(db);
  return {
    get value() {
      return value;
    },
    async refresh() {
      const now = await newest();
      if (now === version) return value;
      const fresh = await loadCommunity(db);
      [version, value] = [now, fresh];
      return fresh;
    },
  };
}
