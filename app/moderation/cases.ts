import { and, asc, count, desc, eq, gt, isNull, lt, ne, type SQL } from 'drizzle-orm';
import type { Db } from '../../db/client';
import { cases, decisions, flags, posts, threads, users } from '../../db/schema';
import { publicPost } from '../conversation/visibility';
import { openDisputes } from '../digests/disputes';
import { choices } from './choices';
import { decisionsOn } from './decision';
import { causesOf } from './open-case';

/** How many of an author's posts and earlier decisions a case shows. */
const HISTORY = 5;

export type Evidence = NonNullable<Awaited<ReturnType<typeof readCase>>>;

/**
 * One case with all that a fair decision rests on: the post, what stands around it, the flags,
 * earlier decisions and the author's history. Null when there is none. Who flagged a post is
 * never shown to its author, even when the author is a moderator.
 */
export async function readCase(db: Db, id: string, viewerId: string) {
  const [row] = await db
    .select({
      id: cases.id,
      openedAt: cases.openedAt,
      closedAt: cases.closedAt,
      post: posts,
      thread: { id: threads.id, title: threads.title, language: threads.language },
      author: {
        id: users.id,
        handle: users.handle,
        language: users.language,
        createdAt: users.createdAt,
      },
    })
    .from(cases)
    .innerJoin(posts, eq(posts.id, cases.postId))
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(users, eq(users.id, posts.authorId))
    .where(eq(cases.id, id));
  if (!row) return null;
  const { post, author } = row;
  const own = author.id === viewerId;
  const causes = await causesOf(db, [id]);
  return {
    ...row,
    causes: causes.get(id) ?? [],
    disputes: own ? [] : await openDisputes(db, { postId: post.id }),
    own,
    choices: own ? [] : choices(post.state, row.closedAt === null),
    flags: own ? [] : await flagsOf(db, post.id),
    decisions: await decisionsOn(db, post.id),
    context: await contextOf(db, post),
    history: await historyOf(db, author.id, post.id),
  };
}

/** The latest case about a post, for a moderator who comes from the post; null when there is none. */
export async function latestCaseOf(db: Db, postId: string): Promise<string | null> {
  const [row] = await db
    .select({ id: cases.id })
    .from(cases)
    .where(eq(cases.postId, postId))
    .orderBy(desc(cases.openedAt), desc(cases.id))
    .limit(1);
  return row?.id ?? null;
}

/** All flags on a post, also those of its earlier cases: `caseId` tells them apart. */
async function flagsOf(db: Db, postId: string) {
  return db
    .select({
      id: flags.id,
      caseId: flags.caseId,
      reason: flags.reason,
      note: flags.note,
      createdAt: flags.createdAt,
      by: users.handle,
    })
    .from(flags)
    .innerJoin(users, eq(users.id, flags.userId))
    .where(eq(flags.postId, postId))
    .orderBy(asc(flags.createdAt), asc(flags.id));
}

const quoted = {
  id: posts.id,
  excerpt: posts.excerpt,
  language: posts.language,
  createdAt: posts.createdAt,
  author: users.handle,
};

type Post = typeof posts.$inferSelect;

/** What a reader sees around a post: what it answers, and its neighbours on the same level. */
async function contextOf(db: Db, post: Post) {
  if (post.isOpening) return { answered: null, before: null, after: null };
  const level = and(
    eq(posts.threadId, post.threadId),
    post.parentId ? eq(posts.parentId, post.parentId) : isNull(posts.parentId),
    eq(posts.isOpening, false),
    ne(posts.id, post.id),
  );
  const answeredId = post.replyToId ?? post.parentId;
  const answered = answeredId
    ? eq(posts.id, answeredId)
    : and(eq(posts.threadId, post.threadId), eq(posts.isOpening, true));
  const before = and(level, lt(posts.createdAt, post.createdAt));
  const after = and(level, gt(posts.createdAt, post.createdAt));
  return {
    answered: await firstQuoted(db, answered, desc(posts.createdAt)),
    before: await firstQuoted(db, before, desc(posts.createdAt)),
    after: await firstQuoted(db, after, asc(posts.createdAt)),
  };
}

async function firstQuoted(db: Db, where: SQL | undefined, order: SQL) {
  const [row] = await db
    .select(quoted)
    .from(posts)
    .innerJoin(users, eq(users.id, posts.authorId))
    .where(and(where, eq(posts.state, 'visible')))
    .orderBy(order)
    .limit(1);
  return row ?? null;
}

/** What the author wrote that is public, and what was decided on their other posts. */
async function historyOf(db: Db, authorId: string, postId: string) {
  const ofAuthor = and(eq(posts.authorId, authorId), ne(posts.id, postId), publicPost());
  const [written] = await db
    .select({ posts: count() })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(ofAuthor);
  const recent = await db
    .select({
      id: posts.id,
      excerpt: posts.excerpt,
      language: posts.language,
      createdAt: posts.createdAt,
    })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(ofAuthor)
    .orderBy(desc(posts.createdAt))
    .limit(HISTORY);
  const onOthers = and(eq(decisions.authorId, authorId), ne(decisions.postId, postId));
  const [decided] = await db.select({ decisions: count() }).from(decisions).where(onOthers);
  const earlier = await db
    .select({
      id: decisions.id,
      caseId: decisions.caseId,
      action: decisions.action,
      rule: decisions.rule,
      createdAt: decisions.createdAt,
    })
    .from(decisions)
    .where(onOthers)
    .orderBy(desc(decisions.createdAt), desc(decisions.id))
    .limit(HISTORY);
  return {
    posts: written?.posts ?? 0,
    recent,
    decisions: decided?.decisions ?? 0,
    earlier,
  };
}
