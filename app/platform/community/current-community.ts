import { and, asc, eq, isNull, ne } from 'drizzle-orm';
import {
  DEFAULT_SETTINGS,
  SETTING_NAMES,
  SETTINGS,
  type SiteSettings,
} from '~/platform/site-settings';
import type { Database, Db } from '~db/client';
import { conversations, cueWords, siteSettings, terms, termTexts, translations } from '~db/schema';
import { versionOfTables } from '~db/tracked-reads';
import {
  Community,
  type CueWords,
  isOutdated,
  type OpenedConversations,
  type OwnCueWords,
  originalLanguage,
  TEXT_PARTS,
  type Term,
  type TermText,
  type TranslatedTitles,
  type Translation,
  type Vocabulary,
  vocabulariesOf,
} from './community';

/** Reads the vocabularies, settings, opened conversations and translated titles of a site. */
export async function loadCommunity(
  db: Db,
  defaults: SiteSettings = DEFAULT_SETTINGS,
): Promise<Community> {
  const rows = await db.select().from(terms).orderBy(asc(terms.position), asc(terms.slug));
  const settings = { ...defaults, ...(await readSettings(db)) };
  const texts = await db.select().from(termTexts).orderBy(asc(termTexts.language));
  const textsOf = Map.groupBy(texts, ({ vocabulary, slug }) => `${vocabulary} ${slug}`);
  const of = (wanted: Vocabulary): Term[] =>
    rows
      .filter(({ vocabulary }) => vocabulary === wanted)
      .map(({ vocabulary, slug, glyph, colour, state, mergedInto }) => ({
        ...{ slug, glyph, colour, state, mergedInto },
        ...wordsFrom(textsOf.get(`${vocabulary} ${slug}`) ?? [], settings),
      }));
  return new Community(
    vocabulariesOf(of),
    settings,
    await readCueWords(db),
    await readTitles(db),
    await readConversations(db),
  );
}

/** Sets the words of a term that translate an older original apart. */
function wordsFrom(
  rows: readonly (typeof termTexts.$inferSelect)[],
  settings: SiteSettings,
): Pick<Term, 'texts' | 'outdated' | 'original'> {
  const stored = new Map(rows.map((row) => [row.language, row]));
  const original = originalLanguage(stored, settings);
  const texts = new Map<string, TermText>();
  const outdated = new Map<string, Partial<TermText>>();
  for (const { language, originals, name, short, description, examples } of rows) {
    const text = { name, short, description, examples };
    const older = TEXT_PARTS.filter(
      (part) => language !== original && isOutdated(originals?.[part], part, stored),
    );
    texts.set(language, { ...text, ...Object.fromEntries(older.map((part) => [part, ''])) });
    if (older.length === 0) continue;
    outdated.set(language, Object.fromEntries(older.map((part) => [part, text[part]])));
  }
  return { texts, outdated, original };
}

/** Returns the setting that says in which language a site's words are written first. */
export async function readDefaultLanguage(db: Db): Promise<Pick<SiteSettings, 'defaultLanguage'>> {
  return { ...DEFAULT_SETTINGS, ...(await readSettings(db)) };
}

async function readCueWords(db: Db): Promise<OwnCueWords> {
  const own = new Map<string, Map<string, CueWords>>();
  for (const { kind, language, words } of await db.select().from(cueWords)) {
    own.set(kind, (own.get(kind) ?? new Map()).set(language, words));
  }
  return own;
}

async function readTitles(db: Db): Promise<TranslatedTitles> {
  const { subject, subjectId, language, text, original, field, undoneAt, at, id } = translations;
  const rows = await db
    .select({ subject, subjectId, language, text, original })
    .from(translations)
    .where(and(eq(field, 'title'), isNull(undoneAt)))
    .orderBy(asc(at), asc(id));
  const titles = new Map<string, Map<string, Translation>>();
  for (const row of rows) {
    const key = `${row.subject} ${row.subjectId}`;
    const known = titles.get(key) ?? new Map<string, Translation>();
    titles.set(key, known);
    if (row.text === '') known.delete(row.language);
    else known.set(row.language, { text: row.text, original: row.original });
  }
  return titles;
}

async function readConversations(db: Db): Promise<OpenedConversations> {
  const { slug, id, title, language, state } = conversations;
  const rows = await db
    .select({ slug, id, title, language })
    .from(conversations)
    .where(ne(state, 'draft'));
  return new Map(rows.map((row) => [row.slug, row]));
}

/** The community of a running process. */
export interface CurrentCommunity {
  readonly value: Community;
  /**
   * Reads the community again if it has changed, in this or in another process. A page that
   * is being made depends on them from now on.
   */
  refresh(): Promise<Community>;
}

/**
 * Loads the community once; `refresh` brings it up to date. On the first start, the default settings are
 * stored. A setting that the database does not have, because a later version of the program added
 * it, has its default until it is changed.
 */
export async function followCommunity(
  { reader, write }: Pick<Database, 'reader' | 'write'>,
  defaults: SiteSettings,
): Promise<CurrentCommunity> {
  if (Object.keys(await readSettings(reader)).length === 0) {
    const rows = SETTING_NAMES.map((name) => ({ name, value: defaults[name] }));
    await write((tx) => tx.insert(siteSettings).values(rows).onConflictDoNothing());
  }
  const newest = () =>
    versionOfTables(reader, [
      'terms',
      'termTexts',
      'siteSettings',
      'cueWords',
      'translations',
      'conversations',
    ]);
  // The version is read first: a change in between is then seen by the next `refresh`.
  let version = await newest();
  let value = await loadCommunity(reader, defaults);
  return {
    get value() {
      return value;
    },
    async refresh() {
      const now = await newest();
      if (now === version) return value;
      const fresh = await loadCommunity(reader, defaults);
      [version, value] = [now, fresh];
      return fresh;
    },
  };
}

/** Returns the stored settings that this version of the program knows and finds valid. */
async function readSettings(db: Db): Promise<Partial<SiteSettings>> {
  const found: Partial<Record<keyof SiteSettings, unknown>> = {};
  for (const { name, value } of await db.select().from(siteSettings)) {
    const known = SETTING_NAMES.find((one) => one === name);
    const read = known && SETTINGS[known].safeParse(value);
    if (known && read?.success) found[known] = read.data;
  }
  return found as Partial<SiteSettings>;
}
