import { and, asc, desc, eq, gt, isNull, lt, ne, type SQL } from 'drizzle-orm';
import type { Person } from '~/domain/accounts/users/visitor';
import { openDisputes } from '~/domain/digests/disputes';
import { countPosts } from '~/domain/forum/posts/count-posts';
import { publicPost, visiblePost } from '~/domain/forum/visibility';
import { signalsOn } from '~/domain/moderation/anti-spam/signals-on';
import {
  type CaseSubject,
  caseSubjectOf,
  choicesOf,
  findCaseSubject,
} from '~/domain/moderation/cases/case-subject';
import { causesOf, isAbout, type SubjectRef } from '~/domain/moderation/cases/open-case';
import { tagsOf } from '~/domain/moderation/decisions/effects/retag';
import { noticesOn } from '~/domain/moderation/dsa/notice';
import type { AppContext } from '~/platform/app-context';
import type { Db } from '~db/client';
import { countOf } from '~db/dialect';
import { cases, decisions, flags, posts, threads, users } from '~db/schema';
import { mayHear, openAppeals } from './appeal';
import { aboutPerson, decisionsAbout, decisionsOn, decisionsOnThread } from './decision';

/** Number of the author's posts and earlier decisions that a case shows. */
const HISTORY = 5;

export type Evidence = NonNullable<Awaited<ReturnType<typeof readCase>>>;

/**
 * Returns a case with everything needed for a fair decision: the post and its context, flags,
 * earlier decisions, open appeals and the author's history. Null if there is no such case. The
 * author of a post never sees who flagged it, even if they are a moderator.
 */
export async function readCase(app: AppContext, id: string, viewer: Person) {
  const db = app.db.reader;
  const [row] = await db.select().from(cases).where(eq(cases.id, id));
  const subject = row && (await findCaseSubject(db, id));
  if (!row || !subject) return null;
  const found = await evidenceOf(app, subject, viewer);
  const causes = await causesOf(db, [id]);
  return {
    ...found,
    id: id as string | null,
    causes: causes.get(id) ?? [],
    openedAt: row.openedAt as number | null,
    closedAt: row.closedAt,
    claim: found.own ? null : await claimOf(app, row),
    appeals: found.own ? [] : await appealsFor(app, id, viewer),
  };
}

/** The same for a post without an open case; null if there is no such post. */
export async function readSubject(
  app: AppContext,
  ref: { postId: string } | { personId: string },
  viewer: Person,
) {
  const subject = await caseSubjectOf(app.db.reader, ref);
  if (!subject) return null;
  const found = await evidenceOf(app, subject, viewer);
  const nothing = { id: null, causes: [], openedAt: null, closedAt: null, claim: null };
  return { ...found, ...nothing, appeals: [] } satisfies Evidence;
}

async function evidenceOf(app: AppContext, subject: CaseSubject, viewer: Person) {
  const db = app.db.reader;
  const { post, thread, author } = subject;
  const own = author.id === viewer.id;
  const above = author.role === 'administrator' && viewer.role !== 'administrator';
  return {
    post,
    thread,
    author,
    own,
    above,
    choices: own || above ? [] : choicesOf(app.clock, subject),
    disputes: own || !post ? [] : await openDisputes(db, { postId: post.id }),
    signals: post ? await signalsOn(db, post.id) : [],
    notices: post ? await noticesOn(db, post.id) : [],
    flags: own || !post ? [] : await flagsOf(db, post.id),
    decisions: [
      ...(post ? await decisionsOn(db, post.id) : []),
      ...(thread && (!post || post.isOpening) ? await decisionsOnThread(db, thread.id) : []),
    ].sort((a, b) => a.createdAt - b.createdAt),
    tags: post && (await tagsOf(db, post)),
    context: post ? await contextOf(db, post) : { answered: null, before: null, after: null },
    history: await historyOf(db, author.id, post?.id ?? null),
  };
}

/** Returns who has claimed it, and until when. */
async function claimOf(app: AppContext, { claimedById, claimedUntil }: typeof cases.$inferSelect) {
  if (!claimedById || !claimedUntil || claimedUntil <= app.clock.now()) return null;
  const [holder] = await app.db.reader
    .select({ handle: users.handle })
    .from(users)
    .where(eq(users.id, claimedById));
  return { id: claimedById, by: holder?.handle ?? '', until: claimedUntil };
}

async function appealsFor(app: AppContext, caseId: string, viewer: Person) {
  const open = await openAppeals(app.db.reader, caseId);
  const found = [];
  for (const one of open) {
    const mayDecide = await mayHear(app.db.reader, app, viewer.id, one.against);
    const { id, body, createdAt, against } = one;
    found.push({
      id,
      body,
      createdAt,
      mayDecide,
      against: { id: against.id, action: against.action, rule: against.rule, by: against.by },
    });
  }
  return found;
}

/** Returns the open case about a subject, or else the latest one; null if there is none. */
export async function latestCaseOf(db: Db, subject: SubjectRef): Promise<string | null> {
  const [row] = await db
    .select({ id: cases.id })
    .from(cases)
    .where(isAbout(subject))
    .orderBy(desc(isNull(cases.closedAt)), desc(cases.openedAt), desc(cases.id))
    .limit(1);
  return row?.id ?? null;
}

/** Returns all flags on a post, including those of earlier cases, distinguished by `caseId`. */
async function flagsOf(db: Db, postId: string) {
  return db
    .select({
      id: flags.id,
      caseId: flags.caseId,
      reason: flags.reason,
      translationId: flags.translationId,
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

/** Returns what surrounds a post: the post it replies to, and its neighbours. */
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
    .where(and(where, visiblePost()))
    .orderBy(order)
    .limit(1);
  return row ?? null;
}

/** Returns the author's public posts, and the decisions about them. */
async function historyOf(db: Db, authorId: string, postId: string | null) {
  const ofAuthor = and(
    eq(posts.authorId, authorId),
    postId ? ne(posts.id, postId) : undefined,
    publicPost(),
  );
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
    .orderBy(desc(posts.createdAt), desc(posts.id))
    .limit(HISTORY);
  return {
    posts: await countPosts(db, ofAuthor),
    recent,
    decisions: await countOf(db, decisions, aboutPerson(authorId, postId)),
    earlier: await decisionsAbout(db, authorId, { exceptPost: postId, limit: HISTORY }),
  };
}
