import { and, eq, not, sql } from 'drizzle-orm';
import { promptIn } from '~/domain/forum/conversations/translations';
import type { PostSort } from '~/domain/forum/posts/post-sorts';
import { flaggedAmong, type Post, type ThreadPage, threadPage } from '~/domain/forum/posts/posts';
import { type ThreadContext, threadContext } from '~/domain/forum/threads/thread-context';
import { countQuestions, findThread, type ThreadRow } from '~/domain/forum/threads/threads';
import { translationsInThread } from '~/domain/forum/translations/translations';
import { EVERYBODY, postsInAnyState, type Reader, visiblePost } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { type Community, perCommunity } from '~/platform/community/community';
import { idsOf } from '~/platform/ids';
import type { Db } from '~db/client';
import { inList } from '~db/dialect';
import { meToos, posts } from '~db/schema';
import { prepared } from '~db/statement-cache';
import { type KeyPoint, keyPointsOnThread } from './key-points';

let communities = 0;

/** Tells apart the communities before and after a change of their words, which name key points. */
const numberOf = perCommunity(() => ++communities);

/** How many key points a page of a thread shows. */
const KEY_POINTS = 3;

/** Which page of a thread is read, and how. */
export interface AskedPage {
  page: number;
  sort: PostSort;
  /** The languages that posts are read in (BCP 47), the best first. */
  languages: readonly string[];
  /** The language of the page (BCP 47). */
  language: string;
}

/** All that one page of a thread says, as one reader may see it. */
export interface ReadThread {
  thread: ThreadRow;
  page: ThreadPage;
  /** The number of questions of its conversation; 0 in other threads. */
  questions: number;
  context: ThreadContext;
  /** The opening post in the language of the page, if that is a translation. */
  prompt: Awaited<ReturnType<typeof promptIn>>;
  translations: Awaited<ReturnType<typeof translationsInThread>>;
  /** Those that most of its posts report, and those of the posts on the page, by post. */
  keyPoints: { ofThread: KeyPoint[]; ofPosts: Map<string, KeyPoint> };
}

/**
 * Returns a page of a thread; null if the reader may not open it. What everybody reads is read once
 * until it changes; a member's own flags and "I face this too" are added to it.
 */
export async function readThread(
  { db: database, community }: Pick<AppContext, 'db' | 'community'>,
  id: string,
  reader: Reader,
  asked: AskedPage,
): Promise<ReadThread | null> {
  const db = database.reader;
  const { personId, moderates } = reader;
  // Only its author sees a held or hidden post, or who wrote a deleted one.
  const seesMore = moderates || (personId && (await hasPostsNotVisible(db, id, personId)));
  if (seesMore) return readThreadAs(db, community, id, reader, asked);
  const key = `thread ${JSON.stringify([numberOf(community), id, asked])}`;
  const shown = await database.kept(key, (kept) =>
    readThreadAs(kept, community, id, EVERYBODY, asked),
  );
  if (personId === null) return shown;
  // Not public, or merged into another thread: then the person may see more there.
  const isOther = shown?.thread.id !== id;
  return isOther ? readThreadAs(db, community, id, reader, asked) : withOwn(db, shown, personId);
}

async function readThreadAs(
  db: Db,
  community: Community,
  id: string,
  reader: Reader,
  asked: AskedPage,
): Promise<ReadThread | null> {
  const thread = await findThread(db, id, reader);
  if (!thread) return null;
  const page = await threadPage(db, thread.id, reader, asked.page, {
    sort: asked.sort,
    languages: asked.languages,
  });
  const { conversation } = thread;
  const ids = idsOf(postsOn(page));
  // Only questions of conversations have translations.
  const isTranslated = conversation && page.opening && page.opening.language !== asked.language;
  return {
    thread,
    page,
    questions: conversation ? await countQuestions(db, conversation.id) : 0,
    context: await threadContext(db, thread.id, reader),
    prompt: isTranslated ? await promptIn(db, thread.id, asked.language) : null,
    translations: await translationsInThread(db, thread.id, ids, asked.languages),
    keyPoints: await keyPointsOnThread(db, community, thread.id, {
      limit: KEY_POINTS,
      postIds: ids,
    }),
  };
}

/** Returns the posts on a page in the order in which they are shown. */
function postsOn({ opening, contributions }: ThreadPage): Post[] {
  const all = [opening, ...contributions.flatMap((one) => [one.post, ...one.replies])];
  return all.flatMap((post) => post ?? []);
}

const readNotVisible = prepared((db) =>
  db
    .select({ id: posts.id })
    .from(postsInAnyState)
    .where(
      and(
        eq(posts.threadId, sql.placeholder('threadId')),
        eq(posts.authorId, sql.placeholder('personId')),
        not(visiblePost()),
      ),
    )
    .limit(1),
);

async function hasPostsNotVisible(db: Db, threadId: string, personId: string): Promise<boolean> {
  return (await readNotVisible(db, { threadId, personId })).length > 0;
}

const readMeToos = prepared((db) =>
  db
    .select({ postId: meToos.postId })
    .from(meToos)
    .where(and(inList(meToos.postId, 'ids'), eq(meToos.userId, sql.placeholder('personId')))),
);

/** Adds to a page what the person said of its posts; posts of which they said nothing stay the same. */
async function withOwn(db: Db, shown: ReadThread, personId: string): Promise<ReadThread> {
  const values = { ids: idsOf(postsOn(shown.page)), personId };
  const faced = new Set((await readMeToos(db, values)).map(({ postId }) => postId));
  const flagged = await flaggedAmong(db, personId, values.ids);
  if (faced.size + flagged.size === 0) return shown;
  const add = (post: Post): Post => {
    const own = faced.has(post.id);
    const isFlagged = flagged.has(post.id);
    if (post.state === 'deleted' || !(own || isFlagged)) return post;
    return { ...post, meToos: { ...post.meToos, own }, flagged: isFlagged };
  };
  const { opening, contributions } = shown.page;
  const page = {
    ...shown.page,
    opening: opening && add(opening),
    contributions: contributions.map((one) => ({
      ...one,
      post: one.post && add(one.post),
      replies: one.replies.map(add),
    })),
  };
  return { ...shown, page };
}
