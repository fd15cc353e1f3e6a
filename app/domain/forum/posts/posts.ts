import {
  and,
  asc,
  count,
  desc,
  eq,
  inArray,
  isNull,
  or,
  type Placeholder,
  type SQL,
  sql,
} from 'drizzle-orm';
import { type Author, authorColumns } from '~/domain/accounts/users/profile';
import { postAnchor, threadPath, wholePostPath } from '~/domain/forum/paths';
import {
  type AnyReader,
  EVERYBODY,
  placedPost,
  postsInAnyState,
  preparedForReader,
  publicPost,
  type Reader,
  readablePost,
  readableThread,
  visiblePost,
} from '~/domain/forum/visibility';
import { idsOf } from '~/platform/ids';
import { PAGE_SIZE, type Paging, pageAt, pagingOf } from '~/platform/paging';
import type { RegionCode } from '~/platform/places/places';
import type { Db } from '~db/client';
import { alias, anyRow, inList } from '~db/dialect';
import { isBefore, type Position } from '~db/position';
import { flags, meToos, posts, postTranslations, threads, users } from '~db/schema';
import type { PostState, SaidBy } from '~db/schema/conversation';
import { prepared } from '~db/statement-cache';
import { narrowReads, ofThread } from '~db/tracked-reads';
import { type Fit, fitFeed, fitPage, type Outline } from './page-budget';
import { NO_DETAILS, type PostDetails } from './post-fields';
import { postInRegion } from './post-place';
import type { PostSort } from './post-sorts';
import { detailColumns, namersOfKinds, readLists, shownDetails } from './stored-details';

/** A post as one reader may see it. */
export interface Post extends PostDetails {
  /** Who named each of its `barriers`, in their order. */
  barriersNamedBy: SaidBy[];
  id: string;
  threadId: string;
  /** The number of its thread's question in an article; null in other threads. */
  questionNumber: number | null;
  isOpening: boolean;
  parentId: string | null;
  replyToId: string | null;
  /**
   * A `held` or `hidden` post is shown only to its author and to moderators. Of a `deleted` post
   * only its position is left, and its author's name for the author.
   */
  state: PostState;
  author: Author & { id: string };
  /** Safe HTML. Null where only the excerpt is shown: in lists, or if it is too large. */
  html: string | null;
  excerpt: string;
  language: string;
  createdAt: number;
  editedAt: number | null;
  /** The earlier post that reports the same barrier, if a moderator marked it. */
  duplicateOf: string | null;
  /** "I face this too": how many people, and whether the reader said it. Where they are is private. */
  meToos: { people: number; own: boolean };
  /** True if the reader has flagged the post. */
  flagged: boolean;
}

/** A contribution with its replies; `post` is null if only the replies may be read. */
export interface Contribution {
  id: string;
  post: Post | null;
  replies: Post[];
  /** How many more replies are on the contribution's own page. */
  repliesLeft: number;
}

export interface ThreadPage extends Paging {
  /** On the first page only. */
  opening: Post | null;
  contributions: Contribution[];
}

const columns = {
  id: posts.id,
  threadId: posts.threadId,
  questionNumber: threads.questionNumber,
  isOpening: posts.isOpening,
  parentId: posts.parentId,
  replyToId: posts.replyToId,
  state: posts.state,
  excerpt: posts.excerpt,
  language: posts.language,
  ...detailColumns(),
  createdAt: posts.createdAt,
  editedAt: posts.editedAt,
  duplicateOf: posts.duplicateOf,
  author: { id: users.id, ...authorColumns },
};

/** What a post outside its thread shows of it. */
interface ThreadOfPost {
  id: string;
  slug: string;
  title: string;
  language: string;
}

const threadColumns = {
  id: threads.id,
  slug: threads.slug,
  title: threads.title,
  language: threads.language,
};

/**
 * Returns one page of a thread that the reader may open: 20 contributions, by default oldest first,
 * each with its replies, oldest first; as much of them as `fitPage` allows, with their translations into
 * `languages` (BCP 47). Nine queries, however long the thread is.
 */
export function threadPage(
  db: Db,
  threadId: string,
  reader: Reader,
  wantedPage: number,
  { sort = 'oldest', languages }: { sort?: PostSort; languages?: readonly string[] } = {},
): Promise<ThreadPage> {
  return narrowReads(ofThread(threadId), async () => {
    const { ids, paging, fit } = await fitThreadPage(
      db,
      threadId,
      reader,
      wantedPage,
      sort,
      languages,
    );
    const shown = await readFitting(db, reader, fit);
    const byId = new Map(shown.map((post) => [post.id, post]));
    return {
      ...paging,
      opening: shown.find((post) => post.isOpening) ?? null,
      contributions: ids.map((id) => ({
        id,
        post: byId.get(id) ?? null,
        replies: shown.filter((post) => post.parentId === id),
        repliesLeft: fit.repliesLeft.get(id) ?? 0,
      })),
    };
  });
}

const countListed = preparedForReader((db, reader) =>
  db
    .select({ n: count() })
    .from(posts)
    .where(listedContribution(sql.placeholder('threadId'), reader)),
);

const readListed: Record<PostSort, ReturnType<typeof listedBy>> = {
  oldest: listedBy('oldest'),
  newest: listedBy('newest'),
  'most-faced': listedBy('most-faced'),
};

function listedBy(sort: PostSort) {
  return preparedForReader((db, reader) =>
    db
      .select({ id: posts.id })
      .from(posts)
      .where(listedContribution(sql.placeholder('threadId'), reader))
      .orderBy(...order(db, sort))
      .limit(PAGE_SIZE)
      .offset(sql.placeholder('offset')),
  );
}

/** Chooses what is on a page of a thread, without reading any text. */
async function fitThreadPage(
  db: Db,
  threadId: string,
  reader: Reader,
  wantedPage: number,
  sort: PostSort,
  languages: readonly string[] = [],
) {
  const [listed] = await countListed(db, reader, { threadId });
  const paging = pagingOf(wantedPage, listed?.n ?? 0);
  const { offset } = paging;
  const ids = idsOf(await readListed[sort](db, reader, { threadId, offset }));
  const { page } = paging;
  const found = await readPageOutline(db, reader, { threadId, ids, page, languages });
  return { ids, paging, fit: fitPage(found) };
}

/** Size of a post's HTML in bytes; what was deleted is not shown. */
const bytes = sql<number>`case when ${posts.state} = 'deleted' then 0 else octet_length(${posts.html}) end`;

/** What translations into one of the `languages` add to it: the largest is shown. */
const bytesBeside = sql<number>`coalesce((
  select max(octet_length(${postTranslations.html})) from ${postTranslations}
  where ${postTranslations.postId} = ${posts.id} and ${inList(postTranslations.language, 'languages')}
), 0)`;

/** What decides which posts a page shows. */
const outline = {
  id: posts.id,
  parentId: posts.parentId,
  bytes: sql<number>`(${bytes}) + (${bytesBeside})`.mapWith(Number),
};

const oldestFirst = [asc(posts.createdAt), asc(posts.id)];

const amongContributions = or(inList(posts.id, 'ids'), inList(posts.parentId, 'ids'));

/** Reads contributions and their replies, on the first page also the opening post. */
const readPageOutline = preparedForReader((db, reader) => {
  const onFirstPage = and(eq(posts.isOpening, true), sql`${sql.placeholder('page')} = 1`);
  return db
    .select(outline)
    .from(posts)
    .where(
      and(
        eq(posts.threadId, sql.placeholder('threadId')),
        or(amongContributions, onFirstPage),
        placedPost(reader),
      ),
    )
    .orderBy(...oldestFirst);
});

/** Reads the replies to a contribution. */
const readReplyOutline = preparedForReader((db, reader) =>
  db
    .select(outline)
    .from(posts)
    .where(
      and(
        eq(posts.threadId, sql.placeholder('threadId')),
        eq(posts.parentId, sql.placeholder('parentId')),
        placedPost(reader),
      ),
    )
    .orderBy(...oldestFirst),
);

/** Reads contributions and their replies, as everybody sees them outside their threads. */
const readPublicOutline = prepared((db) =>
  db
    .select(outline)
    .from(posts)
    .where(and(amongContributions, visiblePost()))
    .orderBy(...oldestFirst),
);

function readFitting(db: Db, reader: Reader, { shown, folded }: Fit<Outline>): Promise<Post[]> {
  const ids = idsOf(shown);
  return readPosts(db, reader, ids, { except: folded });
}

/** A contribution on a page of its own, whole, with all its replies in pages; or one reply alone. */
export interface WholePost extends Paging, Contribution {
  thread: ThreadOfPost;
}

/** Returns null if the reader may see neither the post nor any reply to it. */
export async function wholePost(
  db: Db,
  id: string,
  reader: Reader,
  wantedPage: number,
  languages: readonly string[] = [],
): Promise<WholePost | null> {
  const [place] = await db
    .select({ thread: threadColumns })
    .from(postsInAnyState)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(eq(posts.id, id), readableThread(reader)));
  if (!place) return null;
  return narrowReads(ofThread(place.thread.id), async () => {
    const [post = null] = await readPosts(db, reader, [id]);
    const below = { threadId: place.thread.id, parentId: id, languages };
    const all = await readReplyOutline(db, reader, below);
    if (!post && all.length === 0) return null;
    const paging = pagingOf(wantedPage, all.length);
    const onPage = all.slice(paging.offset, paging.offset + PAGE_SIZE);
    const replies = await readFitting(db, reader, fitPage(onPage));
    return { ...paging, ...place, id, post, replies, repliesLeft: 0 };
  });
}

/** The id comes last, so that no contribution is on two pages or on none. */
function order(db: Db, sort: PostSort): SQL[] {
  if (sort === 'newest') return [desc(posts.createdAt), desc(posts.id)];
  const oldest = [asc(posts.createdAt), asc(posts.id)];
  if (sort === 'oldest') return oldest;
  const meTooCount = db
    .select({ n: count() })
    .from(meToos)
    .where(and(eq(meToos.postId, posts.id), visiblePost()));
  return [desc(sql`(${meTooCount})`), ...oldest];
}

/** Returns a post with its thread, if the reader may see both. */
export async function findPost(
  db: Db,
  id: string,
  reader: Reader,
): Promise<{ post: Post; thread: ThreadOfPost } | null> {
  const [thread] = await db
    .select(threadColumns)
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(eq(posts.id, id), readablePost(reader), readableThread(reader)));
  if (!thread) return null;
  const [post] = await readPosts(db, reader, [id]);
  return post ? { post, thread } : null;
}

const readPlace = preparedForReader((db, reader) =>
  db
    .select({
      id: posts.id,
      isOpening: posts.isOpening,
      parentId: posts.parentId,
      createdAt: posts.createdAt,
      thread: { id: threads.id, slug: threads.slug },
    })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(eq(posts.id, sql.placeholder('id')), placedPost(reader), readableThread(reader))),
);

/**
 * Returns the URL of a post on its page of the thread, for this reader: `/t/ID/SLUG?page=2#p-ID`.
 * A reply that its page has no room for is on the page of its contribution. Null if they may not see
 * it.
 */
export async function locatePost(db: Db, id: string, reader: Reader): Promise<string | null> {
  const [place] = await readPlace(db, reader, { id });
  if (!place) return null;
  const before = place.isOpening ? 0 : await countBefore(db, place, reader);
  const own = await ownPage(db, place, pageAt(before), reader);
  return `${own ?? threadPath(place.thread, pageAt(before))}#${postAnchor(id)}`;
}

/** Returns the page of its contribution for a reply that is not on the page of the thread. */
async function ownPage(
  db: Db,
  { id, parentId, thread }: { id: string; parentId: string | null; thread: { id: string } },
  page: number,
  reader: Reader,
): Promise<string | null> {
  if (!parentId) return null;
  const { fit } = await fitThreadPage(db, thread.id, reader, page, 'oldest');
  if (fit.shown.some((post) => post.id === id)) return null;
  const replies = await readReplyOutline(db, reader, {
    threadId: thread.id,
    parentId,
    languages: [],
  });
  return wholePostPath(parentId, pageAt(replies.findIndex((reply) => reply.id === id)));
}

/** A public post outside its thread: in lists and feeds. */
export interface PostInThread extends Post {
  thread: ThreadOfPost;
}

/** Of one thread or conversation, or of all. */
export interface PostsOf {
  threadId?: string;
  conversationId?: string;
}

export interface NewestQuery extends PostsOf {
  region?: RegionCode;
  /** Leaves out opening posts. */
  answersOnly?: boolean;
  /** Leaves out replies to contributions. */
  withoutReplies?: boolean;
  /** The posts before this one, which is left out. */
  before?: Position | null;
  limit: number;
}

/** Returns the newest public posts of all threads, one thread, conversation or region, without texts. */
export async function newestPosts(db: Db, query: NewestQuery): Promise<PostInThread[]> {
  return ofQuery(query, async () => publicPostsOf(db, idsOf(await findNewest(db, query))));
}

/** Returns the newest public posts for a feed as `fitFeed` cuts them, and the last of the rest. */
export async function feedPosts(
  db: Db,
  query: NewestQuery,
): Promise<{ posts: PostInThread[]; rest: { createdAt: number; id: string } | null }> {
  return ofQuery(query, async () => {
    const found = await findNewest(db, { ...query, limit: query.limit + 1 });
    const { shown, folded } = fitFeed(found.slice(0, query.limit));
    return {
      posts: await publicPostsOf(db, idsOf(shown), EVERYBODY, { except: folded }),
      rest: shown.length < found.length ? (shown.at(-1) ?? null) : null,
    };
  });
}

/** A contribution that is shown outside its thread. */
export interface ContributionInThread extends Contribution {
  thread: ThreadOfPost;
}

/**
 * Returns the newest public contributions of a thread or conversation, each with its public replies,
 * as `fitPage` cuts them, and whether these are all.
 */
export async function newestContributions(
  db: Db,
  of: PostsOf,
  room: { contributions: number; posts: number; bytes: number },
): Promise<{ contributions: ContributionInThread[]; isAll: boolean }> {
  return ofQuery(of, async () => {
    const limit = room.contributions + 1;
    const found = await findNewest(db, { ...of, answersOnly: true, withoutReplies: true, limit });
    const ids = idsOf(found.slice(0, room.contributions));
    const fit = fitPage(await readPublicOutline(db, { ids, languages: [] }), room);
    const texts = { except: fit.folded };
    const shown = await publicPostsOf(db, idsOf(fit.shown), EVERYBODY, texts);
    return {
      contributions: ids.flatMap((id) => {
        const post = shown.find((one) => one.id === id);
        if (!post) return [];
        const replies = shown.filter((one) => one.parentId === id);
        const repliesLeft = fit.repliesLeft.get(id) ?? 0;
        return [{ id, post, thread: post.thread, replies, repliesLeft }];
      }),
      isAll: found.length < limit && fit.repliesLeft.size === 0,
    };
  });
}

function ofQuery<T>({ threadId }: PostsOf, read: () => Promise<T>): Promise<T> {
  return threadId ? narrowReads(ofThread(threadId), read) : read();
}

/** Condition for the posts of a thread or conversation; queries must join `threads`. */
export function postOf({ threadId, conversationId }: PostsOf): SQL | undefined {
  return and(
    threadId ? eq(posts.threadId, threadId) : undefined,
    conversationId ? eq(threads.conversationId, conversationId) : undefined,
  );
}

function findNewest(
  db: Db,
  { region, answersOnly, withoutReplies, before, limit, ...of }: NewestQuery,
): Promise<{ id: string; createdAt: number; bytes: number }[]> {
  return db
    .select({ id: posts.id, createdAt: posts.createdAt, bytes })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(
      and(
        publicPost(),
        postOf(of),
        region ? postInRegion(region) : undefined,
        answersOnly ? eq(posts.isOpening, false) : undefined,
        withoutReplies ? isNull(posts.parentId) : undefined,
        isBefore(before, posts),
      ),
    )
    .orderBy(desc(posts.createdAt), desc(posts.id))
    .limit(limit);
}

/** Returns the public ones among these posts in this order; without texts unless asked for. */
export async function publicPostsOf(
  db: Db,
  ids: readonly string[],
  reader: Reader = EVERYBODY,
  texts: Texts = 'none',
): Promise<PostInThread[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({ id: posts.id, thread: threadColumns })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(publicPost(), inArray(posts.id, [...ids])));
  const threadOf = new Map(rows.map(({ id, thread }) => [id, thread]));
  const found = await readPosts(db, reader, [...threadOf.keys()], texts);
  const byId = new Map(found.map((post) => [post.id, post]));
  return ids.flatMap((id) => {
    const [post, thread] = [byId.get(id), threadOf.get(id)];
    return post && thread ? [{ ...post, thread }] : [];
  });
}

/** Condition for contributions on a thread's pages: readable ones, or with readable replies. */
function listedContribution(threadId: string | Placeholder, reader: AnyReader): SQL | undefined {
  const reply = alias(posts, 'reply');
  const inThread = eq(reply.threadId, posts.threadId);
  const replied = anyRow(reply, inThread, eq(reply.parentId, posts.id), placedPost(reader, reply));
  return and(
    eq(posts.threadId, threadId),
    isNull(posts.parentId),
    eq(posts.isOpening, false),
    or(placedPost(reader), replied),
  );
}

const readNumberBefore = preparedForReader((db, reader) =>
  db
    .select({ n: count() })
    .from(posts)
    .where(
      and(
        listedContribution(sql.placeholder('threadId'), reader),
        isBefore({ createdAt: sql.placeholder('createdAt'), id: sql.placeholder('id') }, posts),
      ),
    ),
);

/** Counts the contributions before the one that a post is or belongs to. */
async function countBefore(
  db: Db,
  post: { id: string; parentId: string | null; createdAt: number; thread: { id: string } },
  reader: Reader,
): Promise<number> {
  const { createdAt, id } = post.parentId ? await placeOf(db, post.parentId) : post;
  const values = { threadId: post.thread.id, createdAt, id };
  const [row] = await readNumberBefore(db, reader, values);
  return row?.n ?? 0;
}

async function placeOf(db: Db, id: string): Promise<{ id: string; createdAt: number }> {
  const [row] = await db
    .select({ id: posts.id, createdAt: posts.createdAt })
    .from(postsInAnyState)
    .where(eq(posts.id, id));
  if (!row) throw new Error(`a reply names a contribution that is not there: ${id}`);
  return row;
}

const readShown = preparedForReader((db, reader) =>
  db
    .select({
      ...columns,
      html: sql<
        string | null
      >`case when ${inList(posts.id, 'withoutText')} then null else ${posts.html} end`,
    })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(users, eq(users.id, posts.authorId))
    .where(and(inList(posts.id, 'ids'), placedPost(reader)))
    .orderBy(asc(posts.createdAt), asc(posts.id)),
);

const readMeToos = prepared((db) =>
  db
    .select({
      postId: meToos.postId,
      people: count(),
      own: sql`max(case when ${meToos.userId} = ${sql.placeholder('personId')} then 1 else 0 end)`.mapWith(
        Boolean,
      ),
    })
    .from(meToos)
    .where(inList(meToos.postId, 'ids'))
    .groupBy(meToos.postId),
);

const readFlags = prepared((db) =>
  db
    .select({ postId: flags.postId })
    .from(flags)
    .where(
      and(
        inList(flags.postId, 'ids'),
        eq(flags.userId, sql.placeholder('personId')),
        eq(flags.translationId, ''),
      ),
    ),
);

/** Returns those of the posts that a person flagged, not only translations of them. */
export async function flaggedAmong(
  db: Db,
  personId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const rows = await readFlags(db, { ids, personId });
  return new Set(rows.map(({ postId }) => postId));
}

/** Which posts are shown without their text. */
type Texts = 'all' | 'none' | { except: ReadonlySet<string> };

/** Returns those of the posts that the reader may see in their threads, with all data shown, oldest first. */
async function readPosts(
  db: Db,
  reader: Reader,
  wanted: readonly string[],
  texts: Texts = 'all',
): Promise<Post[]> {
  if (wanted.length === 0) return [];
  const folded = texts === 'all' ? [] : texts === 'none' ? wanted : [...texts.except];
  const rows = await readShown(db, reader, { ids: wanted, withoutText: folded });
  const ids = idsOf(rows);
  if (ids.length === 0) return [];

  const listsOf = await readLists(db, ids);
  const personId = reader.personId ?? '';
  const meTooCounts = await readMeToos(db, { ids, personId });
  const flaggedIds = personId ? await flaggedAmong(db, personId, ids) : new Set<string>();
  const meToosOf = new Map(meTooCounts.map(({ postId, ...counts }) => [postId, counts]));
  const found = rows.map((row) => {
    const lists = listsOf(row.id);
    const details = shownDetails(row, lists);
    return {
      ...row,
      ...details,
      barriersNamedBy: namersOfKinds(details.barriers, lists),
      meToos: meToosOf.get(row.id) ?? { people: 0, own: false },
      flagged: flaggedIds.has(row.id),
    };
  });
  return found.map((post) => (post.state === 'deleted' ? tombstone(post, reader) : post));
}

/** Returns what is shown of a deleted post. */
function tombstone(post: Post, reader: Reader): Post {
  const own = post.author.id === reader.personId;
  return {
    ...post,
    ...NO_DETAILS,
    barriersNamedBy: [],
    author: own ? post.author : { id: '', handle: '', name: null, role: 'member' },
    html: '',
    excerpt: '',
    editedAt: null,
    duplicateOf: null,
    meToos: { people: 0, own: false },
    flagged: false,
  };
}
