import { and, desc, eq, gte, inArray, like, lt, or, type SQL, sql } from 'drizzle-orm';
import { handleKey } from '~/domain/accounts/users/handles';
import { type Author, authorColumns } from '~/domain/accounts/users/profile';
import type { Pillar } from '~/domain/community/vocabularies';
import { translatedPrompts } from '~/domain/forum/conversations/translations';
import { mayReportBarrier, ofKinds } from '~/domain/forum/posts/evidence';
import { postInRegion } from '~/domain/forum/posts/post-place';
import { inConversation } from '~/domain/forum/threads/threads';
import { presentTranslations, type TranslatedText } from '~/domain/forum/translations/translations';
import { publicPost } from '~/domain/forum/visibility';
import type { SiteTranslator } from '~/platform/community/site-translator';
import { idsOf } from '~/platform/ids';
import { plainText } from '~/platform/markdown/plain-text';
import { PAGE_SIZE, type Paging, pagingOf } from '~/platform/paging';
import type { CountryCode, RegionCode } from '~/platform/places/places';
import type { Db } from '~db/client';
import { anyRow } from '~db/dialect';
import { postPillars, posts, searchEntries, threadPillars, threads, users } from '~db/schema';
import { engine } from './engine';
import { hitsIn } from './hits';
import { markedText, type Part, snippet } from './marks';
import type { SearchFilter, SearchQuery } from './search-query';
import { searchTokens } from './word-forms';
import type { SearchTerms, Term } from './words';

/** A post that was found, with the search terms marked. */
export interface FoundPost {
  id: string;
  isOpening: boolean;
  title: Part[];
  /** BCP 47 tag of the title. */
  titleLanguage: string;
  snippet: Part[];
  /** BCP 47 tag of the post. */
  language: string;
  author: Author;
  country: CountryCode | null;
  region: RegionCode | null;
  createdAt: number;
  /** The translation that the snippet is from, where the post itself lacks a word. */
  translation: Pick<TranslatedText, 'language' | 'translator'> | null;
}

/** Maximum number of results that are counted and ranked; nobody pages further. */
const MOST_FOUND = 2000;

export interface FoundPosts extends Paging {
  /** True if there are more than `MOST_FOUND`: the results are then the newest of them. */
  isCut: boolean;
  rows: FoundPost[];
}

/** True if there is anything to search for: words or at least one filter. */
export function isSearch({ words, filter }: SearchQuery): boolean {
  return words.wanted.length > 0 || Object.values(filter).some((value) => value !== null);
}

/**
 * Returns one page of the public posts that match a search, best first; without words, the posts
 * that match the filter, newest first. The result is the same for every reader and contains only
 * public posts. It needs at most four queries, and two more for questions of articles. At most `MOST_FOUND` are counted and ranked,
 * because otherwise a word in every tenth post would take seconds; beyond that, the newest ones are
 * used. Titles and opening posts of questions are in the language of the site's translator.
 */
export async function searchPosts(
  db: Db,
  query: SearchQuery,
  { titled, locale }: Pick<SiteTranslator, 'titled' | 'locale'>,
): Promise<FoundPosts> {
  const { wanted } = query.words;
  if (!isSearch(query)) return { ...pagingOf(1, 0), isCut: false, rows: [] };
  const latest = await matches(db, query)
    // The index returns its entries in this order; any other order would sort all matches.
    .orderBy(...(wanted.length > 0 ? [sql`found.entry desc`] : NEWEST_FIRST))
    .limit(MOST_FOUND + 1);
  const isCut = latest.length > MOST_FOUND;
  const paging = pagingOf(query.page, isCut ? MOST_FOUND : latest.length);
  const found = isCut || wanted.length === 0 ? latest : await bestFirst(db, query.words, latest);
  const ids = found.slice(paging.offset, paging.offset + PAGE_SIZE);
  const onPage = await inLanguage(db, await readRows(db, ids), locale);
  const byId = new Map(onPage.map((row) => [row.id, row]));
  const translations = await translationsFor(db, onPage, wanted);
  return {
    ...paging,
    isCut,
    rows: ids.flatMap(({ id }) => {
      const row = byId.get(id);
      if (!row) return [];
      const { html, thread, ...shown } = row;
      const { title, language: titleLanguage } = titled('thread', thread);
      const translation = translations.get(id) ?? null;
      const text = translation ? translation.text : html;
      return [
        {
          ...shown,
          title: markedText(title, wanted),
          titleLanguage,
          snippet: snippet(plainText(text), wanted),
          translation,
        },
      ];
    }),
  };
}

/** Puts opening posts of questions into a language, as their threads show them. */
async function inLanguage<
  Row extends { isOpening: boolean; html: string; language: string; thread: { id: string } },
>(db: Db, rows: readonly Row[], locale: string): Promise<Row[]> {
  const asked = rows.filter(({ isOpening, language }) => isOpening && language !== locale);
  const threadIds = asked.map(({ thread }) => thread.id);
  const prompts = await translatedPrompts(db, threadIds, locale);
  return rows.map((row) => {
    const found = row.isOpening && prompts.find(({ threadId }) => threadId === row.thread.id);
    return found ? { ...row, html: found.html, language: found.language } : row;
  });
}

/** Of each post that lacks a wanted word, the translation with the most of them, if it has one that the post lacks. */
async function translationsFor(
  db: Db,
  rows: readonly { id: string; html: string }[],
  wanted: readonly Term[],
): Promise<Map<string, TranslatedText>> {
  const lacking = rows.filter(({ html }) => wordsIn(html, wanted).size < wanted.length);
  const found = new Map<string, TranslatedText>();
  for (const one of await presentTranslations(db, idsOf(lacking))) {
    const rival = found.get(one.postId)?.text ?? rows.find(({ id }) => id === one.postId)?.html;
    const better = wordsIn(one.text, wanted).size > wordsIn(rival ?? '', wanted).size;
    if (better) found.set(one.postId, one);
  }
  return found;
}

/** The wanted words that a text has. */
function wordsIn(html: string, wanted: readonly Term[]): Set<Term> {
  const tokens = searchTokens(plainText(html));
  return new Set(wanted.filter((term) => hitsIn(tokens, [term]).length > 0));
}

interface Found {
  id: string;
  createdAt: number;
  /** Null for a search without words. */
  entry: number | null;
}

/** The matches, with few columns each, because most of them need no more. */
function matches(db: Db, { words, filter }: SearchQuery) {
  const hasWords = words.wanted.length > 0;
  const matching = db
    .select({
      id: posts.id,
      createdAt: posts.createdAt,
      entry: hasWords ? searchEntries.entry : sql<null>`null`,
    })
    .from(posts)
    .where(and(publicPost(), ...conditions(filter)))
    .$dynamic();
  if (hasWords) {
    matching
      .innerJoin(
        searchEntries,
        and(eq(searchEntries.kind, 'post'), eq(searchEntries.ref, posts.id)),
      )
      .innerJoin(engine.matching(words), sql`found.entry = ${searchEntries.entry}`);
  }
  return matching
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(users, eq(users.id, posts.authorId));
}

/** Ranked by the index alone: reading each post again would take most of the time. */
async function bestFirst(db: Db, words: SearchTerms, found: Found[]): Promise<Found[]> {
  const first = found.at(-1)?.entry ?? 0;
  const rows = await db
    .select({ entry: sql<number>`found.entry`, rank: sql<number>`found.rank` })
    .from(engine.matching(words))
    .where(sql`found.entry >= ${first}`);
  const ranks = new Map(rows.map(({ entry, rank }) => [entry, rank]));
  const rankOf = ({ entry }: Found) => ranks.get(entry ?? -1) ?? 0;
  return found.toSorted(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      b.createdAt - a.createdAt ||
      (a.id < b.id ? 1 : a.id > b.id ? -1 : 0),
  );
}

function readRows(db: Db, ids: { id: string }[]) {
  return db
    .select(columns)
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(users, eq(users.id, posts.authorId))
    .where(and(inArray(posts.id, idsOf(ids)), publicPost()));
}

const NEWEST_FIRST = [desc(posts.createdAt), desc(posts.id)];

/** Of each post found, the excerpt around the words is looked for in this much of its HTML. */
const SEARCHED_CHARS = 16_000;

const columns = {
  id: posts.id,
  isOpening: posts.isOpening,
  html: sql<string>`substr(${posts.html}, 1, ${SEARCHED_CHARS})`,
  language: posts.language,
  country: posts.country,
  region: posts.region,
  createdAt: posts.createdAt,
  thread: { id: threads.id, title: threads.title, language: threads.language },
  author: authorColumns,
};

function conditions(filter: SearchFilter): SQL[] {
  const { pillar, region, country, industry, kind, conversation, language, author, from, to } =
    filter;
  const wanted: (SQL | undefined)[] = [];
  if (pillar) wanted.push(hasPillar(pillar));
  if (region) wanted.push(postInRegion(region));
  if (country) wanted.push(eq(posts.country, country));
  if (industry) wanted.push(eq(posts.industry, industry));
  if (kind) {
    wanted.push(mayReportBarrier(), ofKinds([kind]));
  }
  if (conversation) wanted.push(inConversation(conversation));
  if (language)
    wanted.push(or(eq(posts.language, language), like(posts.language, `${language}-%`)));
  if (author) wanted.push(eq(users.handleKey, handleKey(author)));
  if (from !== null) wanted.push(gte(posts.createdAt, from));
  if (to !== null) wanted.push(lt(posts.createdAt, to));
  return wanted.filter((condition) => condition !== undefined);
}

function hasPillar(pillar: Pillar): SQL | undefined {
  return or(
    anyRow(postPillars, eq(postPillars.postId, posts.id), eq(postPillars.pillar, pillar)),
    anyRow(
      threadPillars,
      eq(threadPillars.threadId, posts.threadId),
      eq(threadPillars.pillar, pillar),
    ),
  );
}
