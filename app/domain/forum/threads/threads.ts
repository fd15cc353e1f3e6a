import { and, asc, desc, eq, gt, inArray, isNotNull, type SQL, sql } from 'drizzle-orm';
import { type Author, authorColumns } from '~/domain/accounts/users/profile';
import type { IndustrySection, Pillar } from '~/domain/community/vocabularies';
import type { Window } from '~/domain/forum/conversations/window';
import { postInRegion } from '~/domain/forum/posts/post-place';
import {
  EVERYBODY,
  postsInAnyState,
  preparedForReader,
  publicPost,
  publicThread,
  type Reader,
  readableThread,
  visiblePost,
} from '~/domain/forum/visibility';
import { idsOf } from '~/platform/ids';
import { PAGE_SIZE, type Paging, pagingOf } from '~/platform/paging';
import type { CountryCode, RegionCode } from '~/platform/places/places';
import type { Db } from '~db/client';
import { anyRow, countOf, inList } from '~db/dialect';
import {
  conversations,
  posts,
  terms,
  threadFacets,
  threadFigures,
  threadPillars,
  threads,
  threadWatches,
  users,
} from '~db/schema';
import type { ThreadState } from '~db/schema/conversation';
import { prepared } from '~db/statement-cache';
import { narrowReads, ofThread } from '~db/tracked-reads';
import { industryFacet, languageFacet, placeFacet } from './thread-figures';

/**
 * - `latest`: newest post first
 * - `new`: newest thread first
 * - `top`: most people first: those who wrote, and those who said "I face this too"
 * - `unanswered`: threads without replies, newest first
 */
export const THREAD_SORTS = ['latest', 'new', 'top', 'unanswered'] as const;
export type ThreadSort = (typeof THREAD_SORTS)[number];

/** A filter for threads: one public post must match place, industry and language together. */
export interface ThreadFilter {
  pillar?: Pillar | null;
  region?: RegionCode | null;
  country?: CountryCode | null;
  industry?: IndustrySection | null;
  /** BCP 47 tag as stored with posts. */
  language?: string | null;
  /** The slug of a conversation: its questions. */
  conversation?: string | null;
  /** Threads that a person watches or mutes. */
  watch?: { personId: string; state: 'watching' | 'muted' };
}

/** A thread as a row of a list. */
export interface ThreadRow {
  id: string;
  slug: string;
  title: string;
  /** BCP 47. */
  language: string;
  state: ThreadState;
  /** The conversation that it belongs to; null for threads that people start. */
  conversation: ThreadConversation | null;
  /** Its number among the questions of its conversation, from 1. */
  questionNumber: number | null;
  sourceUrl: string | null;
  createdAt: number;
  activeAt: number;
  /** Since when it is pinned. */
  pinnedAt: number | null;
  /** The thread that its posts were merged into. */
  mergedInto: string | null;
  author: Author & { id: string };
  pillars: Pillar[];
  /** Number of public contributions and replies, without the opening post. */
  answers: number;
  /** Number of public authors; the author of a blog post's question does not count. */
  people: number;
  /** Number of their countries. */
  countries: number;
}

/** What a thread shows of its conversation. */
export interface ThreadConversation extends Window {
  id: string;
  slug: string;
  title: string;
  /** BCP 47. */
  language: string;
}

export interface ThreadList extends Paging {
  rows: ThreadRow[];
}

const thread = {
  id: threads.id,
  slug: threads.slug,
  title: threads.title,
  language: threads.language,
  state: threads.state,
  conversation: {
    id: conversations.id,
    slug: conversations.slug,
    title: conversations.title,
    language: conversations.language,
    state: conversations.state,
    opensAt: conversations.opensAt,
    closesAt: conversations.closesAt,
    closedAt: conversations.closedAt,
  },
  questionNumber: threads.questionNumber,
  sourceUrl: threads.sourceUrl,
  createdAt: threads.createdAt,
  activeAt: threads.activeAt,
  pinnedAt: threads.pinnedAt,
  mergedInto: threads.mergedInto,
  author: { id: users.id, ...authorColumns },
};

/**
 * Returns one page of the public threads. Kept figures say how many there are and in which order;
 * each thread that is shown is asked whether it is public.
 */
export async function listThreads(
  db: Db,
  filter: ThreadFilter,
  sort: ThreadSort,
  wantedPage: number,
): Promise<ThreadList> {
  const paging = pagingOf(wantedPage, await countThreads(db, filter, sort));
  return { ...paging, rows: await threadsAt(db, filter, sort, paging.offset, PAGE_SIZE) };
}

/** Returns the first threads of a list, and whether there are more, without counting them. */
export async function firstThreads(
  db: Db,
  filter: ThreadFilter,
  sort: ThreadSort,
  limit: number,
): Promise<{ rows: ThreadRow[]; more: boolean }> {
  const rows = await threadsAt(db, filter, sort, 0, limit + 1);
  return { rows: rows.slice(0, limit), more: rows.length > limit };
}

async function threadsAt(
  db: Db,
  filter: ThreadFilter,
  sort: ThreadSort,
  offset: number,
  limit: number,
): Promise<ThreadRow[]> {
  const rows = await db
    .select({ id: threadFigures.threadId })
    .from(threadFigures)
    .where(listed(filter, sort))
    .orderBy(...order(sort))
    .limit(limit)
    .offset(offset);
  return publicThreadsByIds(db, idsOf(rows));
}

/** Counts the public threads of a list. */
export function countThreads(db: Db, filter: ThreadFilter, sort: ThreadSort): Promise<number> {
  const facets = facetsOf(filter);
  const [facet] = facets;
  const others = filter.pillar || filter.conversation || filter.watch || sort === 'unanswered';
  return facet && facets.length === 1 && !others
    ? countOf(db, threadFacets, eq(threadFacets.facet, facet))
    : countOf(db, threadFigures, listed(filter, sort));
}

/** Condition for the kept figures of the threads of a list. */
function listed(filter: ThreadFilter, sort: ThreadSort): SQL | undefined {
  const facets = facetsOf(filter);
  return and(
    eq(threadFigures.isPublic, true),
    sort === 'unanswered' ? eq(threadFigures.answers, 0) : undefined,
    filter.pillar ? hasPillar(filter.pillar) : undefined,
    filter.conversation
      ? anyRow(threads, eq(threads.id, threadFigures.threadId), inConversation(filter.conversation))
      : undefined,
    filter.watch ? hasWatch(filter.watch) : undefined,
    ...facets.map(hasFacet),
    // Each facet may be of another post.
    facets.length > 1 ? aboutOnePost(filter) : undefined,
  );
}

/** Returns the questions of a conversation that a reader may open, in order. */
export async function questionsOf(
  db: Db,
  conversationId: string,
  reader: Reader = EVERYBODY,
): Promise<ThreadRow[]> {
  const rows = await db
    .select(thread)
    .from(threads)
    .innerJoin(users, eq(users.id, threads.authorId))
    .leftJoin(conversations, eq(conversations.id, threads.conversationId))
    .where(
      and(
        eq(threads.conversationId, conversationId),
        isNotNull(threads.questionNumber),
        readableThread(reader),
      ),
    )
    .orderBy(asc(threads.questionNumber), asc(threads.createdAt));
  return described(db, rows);
}

/** Returns ids and slugs of some of the public threads, oldest first, so that others come after them. */
export async function publicThreadAddresses(
  db: Db,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ id: string; slug: string; activeAt: number }[]> {
  const rows = await db
    .select({ id: threadFigures.threadId })
    .from(threadFigures)
    .where(eq(threadFigures.isPublic, true))
    .orderBy(asc(threadFigures.createdAt), asc(threadFigures.threadId))
    .limit(limit)
    .offset(offset);
  return db
    .select({ id: threads.id, slug: threads.slug, activeAt: threads.activeAt })
    .from(threads)
    .where(and(inArray(threads.id, idsOf(rows)), publicThread()))
    .orderBy(asc(threads.createdAt), asc(threads.id));
}

/**
 * Returns the languages (BCP 47) of public posts. One small query leads from each language to the
 * next, and another checks whether it has a public post: with a million posts this is a thousand
 * times faster than reading all.
 */
export async function postLanguages(db: Db): Promise<string[]> {
  const found: string[] = [];
  let last = '';
  for (;;) {
    const [next] = await db
      .select({ language: posts.language })
      .from(postsInAnyState)
      .where(gt(posts.language, last))
      .orderBy(asc(posts.language))
      .limit(1);
    if (!next) return found;
    last = next.language;
    const [any] = await db
      .select({ one: sql`1` })
      .from(posts)
      .innerJoin(threads, eq(threads.id, posts.threadId))
      .where(and(eq(posts.language, last), publicPost()))
      .limit(1);
    if (any) found.push(last);
  }
}

/** Counts the public questions of a conversation. */
export async function countQuestions(db: Db, conversationId: string): Promise<number> {
  return narrowReads(['questions'], () =>
    countOf(
      db,
      threads,
      eq(threads.conversationId, conversationId),
      isNotNull(threads.questionNumber),
      publicThread(),
    ),
  );
}

/**
 * Returns a thread, if the reader may open it; for a merged thread, the one it was merged into. All
 * pages and data of a thread find it here, so that an old link leads to the same thread everywhere.
 */
export async function findThread(db: Db, id: string, reader: Reader): Promise<ThreadRow | null> {
  const found = await findBareThread(db, id, reader);
  if (!found) return null;
  const [row] = await narrowReads(ofThread(found.id), () => described(db, [found]));
  return row ?? null;
}

const readBareThread = preparedForReader((db, reader) =>
  db
    .select(thread)
    .from(threads)
    .innerJoin(users, eq(users.id, threads.authorId))
    .leftJoin(conversations, eq(conversations.id, threads.conversationId))
    .where(and(eq(threads.id, sql.placeholder('id')), readableThread(reader))),
);

/** The same without topics and counts, for what shows none of them. */
export async function findBareThread(
  db: Db,
  id: string,
  reader: Reader,
): Promise<BareThread | null> {
  const [found] = await narrowReads(ofThread(id), () => readBareThread(db, reader, { id }));
  if (found && found.mergedInto === null) return found;
  const [gone] = await narrowReads(ofThread(id), () =>
    db.select({ mergedInto: threads.mergedInto }).from(threads).where(eq(threads.id, id)),
  );
  return gone?.mergedInto ? findBareThread(db, gone.mergedInto, reader) : null;
}

/** Returns the public ones among these threads, in the same order. */
export async function publicThreadsByIds(db: Db, ids: readonly string[]): Promise<ThreadRow[]> {
  const rows = await db
    .select(thread)
    .from(threads)
    .innerJoin(users, eq(users.id, threads.authorId))
    .leftJoin(conversations, eq(conversations.id, threads.conversationId))
    .where(and(inArray(threads.id, [...ids]), publicThread()));
  const found = new Map((await described(db, rows)).map((row) => [row.id, row]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

export type BareThread = Omit<ThreadRow, 'pillars' | 'answers' | 'people' | 'countries'>;

const readPillars = prepared((db) =>
  db
    .select({ threadId: threadPillars.threadId, pillar: threadPillars.pillar })
    .from(threadPillars)
    .innerJoin(terms, and(eq(terms.vocabulary, 'pillar'), eq(terms.slug, threadPillars.pillar)))
    .where(inList(threadPillars.threadId, 'ids'))
    .orderBy(asc(terms.position), asc(terms.slug)),
);

const readCounts = prepared((db) =>
  db
    .select({
      threadId: threadFigures.threadId,
      answers: threadFigures.answers,
      people: threadFigures.people,
      countries: threadFigures.countries,
    })
    .from(threadFigures)
    .where(inList(threadFigures.threadId, 'ids')),
);

/** Adds pillars and kept counts to all rows together. Only public posts are counted. */
async function described(db: Db, rows: BareThread[]): Promise<ThreadRow[]> {
  if (rows.length === 0) return [];
  const ids = idsOf(rows);
  const chosen = await readPillars(db, { ids });
  const counts = await readCounts(db, { ids });
  const countsOf = new Map(counts.map(({ threadId, ...rest }) => [threadId, rest]));
  return rows.map((row) => {
    const pillars = chosen.filter((c) => c.threadId === row.id).map((c) => c.pillar);
    return {
      ...row,
      ...(countsOf.get(row.id) ?? { answers: 0, people: 0, countries: 0 }),
      pillars,
    };
  });
}

function hasPillar(pillar: Pillar): SQL {
  return anyRow(
    threadPillars,
    eq(threadPillars.threadId, threadFigures.threadId),
    eq(threadPillars.pillar, pillar),
  );
}

/** Condition for threads of the conversation with this slug. */
export function inConversation(slug: string): SQL {
  return anyRow(
    conversations,
    eq(conversations.id, threads.conversationId),
    eq(conversations.slug, slug),
  );
}

function hasWatch({ personId, state }: NonNullable<ThreadFilter['watch']>): SQL {
  return anyRow(
    threadWatches,
    eq(threadWatches.threadId, threadFigures.threadId),
    eq(threadWatches.userId, personId),
    eq(threadWatches.state, state),
  );
}

function hasFacet(facet: string): SQL {
  return anyRow(
    threadFacets,
    eq(threadFacets.facet, facet),
    eq(threadFacets.threadId, threadFigures.threadId),
  );
}

function facetsOf({ region, country, industry, language }: ThreadFilter): string[] {
  return [
    ...(region ? [placeFacet(region)] : []),
    ...(country ? [placeFacet(country)] : []),
    ...(industry ? [industryFacet(industry)] : []),
    ...(language ? [languageFacet(language)] : []),
  ];
}

/** Condition for threads with a visible post that has all that a filter asks of posts. */
function aboutOnePost({ region, country, industry, language }: ThreadFilter): SQL {
  return anyRow(
    posts,
    eq(posts.threadId, threadFigures.threadId),
    visiblePost(),
    region ? postInRegion(region) : undefined,
    country ? eq(posts.country, country) : undefined,
    industry ? eq(posts.industry, industry) : undefined,
    language ? eq(posts.language, language) : undefined,
  );
}

/** The id comes last, so that no thread is on two pages or on none. */
function order(sort: ThreadSort): SQL[] {
  const last = desc(threadFigures.threadId);
  const active = desc(threadFigures.activeAt);
  // Pinned threads come first in the default order only.
  if (sort === 'latest') return [desc(threadFigures.isPinned), active, last];
  if (sort === 'top') return [desc(threadFigures.voices), active, last];
  return [desc(threadFigures.createdAt), last];
}
