import { and, asc, desc, eq, isNull, ne, or } from 'drizzle-orm';
import { mayModerate, type Visitor } from '~/domain/accounts/users/visitor';
import { postsInAnyState } from '~/domain/forum/visibility';
import { causesOf } from '~/domain/moderation/cases/open-case';
import type { AppContext } from '~/platform/app-context';
import type { Db } from '~db/client';
import { appeals, decisions, posts, threads, users } from '~db/schema';
import { whyNoAppeal } from './appeal';
import { outcomeOfRecord } from './outcome';
import { isItsUndoing, undoing, undoneBy } from './standing';

/**
 * Returns a decision for its page: action and reason, the author's text, later decisions on the
 * same post, and the author's appeal. Null for everyone except the person concerned and moderators.
 */
export async function decisionFor(app: AppContext, visitor: Visitor, id: string) {
  const db = app.db.reader;
  const [row] = await db
    .select({
      decision: decisions,
      author: { id: users.id, handle: users.handle },
      post: {
        id: posts.id,
        state: posts.state,
        html: posts.html,
        language: posts.language,
        createdAt: posts.createdAt,
      },
      thread: { id: threads.id, title: threads.title, language: threads.language },
    })
    .from(decisions)
    .leftJoin(postsInAnyState, eq(posts.id, decisions.postId))
    .leftJoin(threads, eq(threads.id, decisions.threadId))
    .innerJoin(users, eq(users.id, decisions.authorId))
    .where(eq(decisions.id, id));
  if (!row) return null;
  const isAuthor = visitor.person?.id === row.author.id;
  if (!isAuthor && !mayModerate(visitor)) return null;
  const { decision, post } = row;
  const causes = decision.caseId
    ? (await causesOf(db, [decision.caseId])).get(decision.caseId)
    : [];
  const all = post ? await decisionsOn(db, post.id) : [];
  const at = all.findIndex((one) => one.id === id);
  return {
    ...row,
    isAuthor,
    causes: causes ?? [],
    outcome: outcomeOfRecord(decision),
    noAppeal: await whyNoAppeal(db, app, decision),
    appeal: await appealAgainst(db, id),
    takenBackBy: await undoneBy(db, id),
    later: all.slice(at + 1).map(({ id, action, createdAt }) => ({ id, action, createdAt })),
  };
}

/** Returns the appeal against a decision, with the decision on it if there is one. */
async function appealAgainst(db: Db, decisionId: string) {
  const [row] = await db
    .select({
      body: appeals.body,
      createdAt: appeals.createdAt,
      outcome: { id: decisions.id, action: decisions.action, createdAt: decisions.createdAt },
    })
    .from(appeals)
    .leftJoin(decisions, eq(decisions.appealId, appeals.id))
    .where(eq(appeals.decisionId, decisionId));
  return row ?? null;
}

const columns = {
  id: decisions.id,
  caseId: decisions.caseId,
  action: decisions.action,
  rule: decisions.rule,
  note: decisions.note,
  privateNote: decisions.privateNote,
  until: decisions.until,
  partOfId: decisions.partOfId,
  createdAt: decisions.createdAt,
  /** Null for a fully automated decision. */
  moderator: users.handle,
  /** The decision that reversed it. */
  takenBackBy: undoing.id,
};

/** Returns all decisions on a post, oldest first, each with the moderator's handle. */
export async function decisionsOn(db: Db, postId: string) {
  return db
    .select(columns)
    .from(decisions)
    .leftJoin(users, eq(users.id, decisions.moderatorId))
    .leftJoin(undoing, isItsUndoing)
    .where(eq(decisions.postId, postId))
    .orderBy(asc(decisions.createdAt), asc(decisions.id));
}

/** Returns decisions on a thread itself, oldest first. */
export async function decisionsOnThread(db: Db, threadId: string) {
  return db
    .select(columns)
    .from(decisions)
    .leftJoin(users, eq(users.id, decisions.moderatorId))
    .leftJoin(undoing, isItsUndoing)
    .where(and(eq(decisions.threadId, threadId), isNull(decisions.postId)))
    .orderBy(asc(decisions.createdAt), asc(decisions.id));
}

/** Returns the latest decisions about a person, except those on one post, newest first. */
export async function decisionsAbout(
  db: Db,
  personId: string,
  { exceptPost, limit }: { exceptPost: string | null; limit: number },
) {
  return db
    .select(columns)
    .from(decisions)
    .leftJoin(users, eq(users.id, decisions.moderatorId))
    .leftJoin(undoing, isItsUndoing)
    .where(aboutPerson(personId, exceptPost))
    .orderBy(desc(decisions.createdAt), desc(decisions.id))
    .limit(limit);
}

/** Condition for decisions about a person; parts of a larger decision are left out. */
export function aboutPerson(personId: string, exceptPost: string | null) {
  return and(
    eq(decisions.authorId, personId),
    isNull(decisions.partOfId),
    exceptPost ? orNull(exceptPost) : undefined,
  );
}

function orNull(postId: string) {
  return or(isNull(decisions.postId), ne(decisions.postId, postId));
}
