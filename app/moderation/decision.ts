import { asc, eq } from 'drizzle-orm';
import type { Db } from '../../db/client';
import { decisions, posts, threads, users } from '../../db/schema';
import { mayModerate, type Visitor } from '../people/visitor';
import { causesOf } from './open-case';
import { outcomeOf } from './outcome';

/**
 * A decision as its notice shows it: what was decided, the author's own text, and what was
 * decided on the same post afterwards. Null to all but the author and the moderators.
 */
export async function decisionFor(db: Db, visitor: Visitor, id: string) {
  const [row] = await db
    .select({
      caseId: decisions.caseId,
      action: decisions.action,
      rule: decisions.rule,
      note: decisions.note,
      createdAt: decisions.createdAt,
      author: { id: users.id, handle: users.handle },
      post: {
        id: posts.id,
        state: posts.state,
        html: posts.html,
        language: posts.language,
        createdAt: posts.createdAt,
      },
      thread: { title: threads.title, language: threads.language },
    })
    .from(decisions)
    .innerJoin(posts, eq(posts.id, decisions.postId))
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(users, eq(users.id, decisions.authorId))
    .where(eq(decisions.id, id));
  if (!row) return null;
  const isAuthor = visitor.person?.id === row.author.id;
  if (!isAuthor && !mayModerate(visitor)) return null;
  const all = await decisionsOn(db, row.post.id);
  const at = all.findIndex((decision) => decision.id === id);
  const { caseId } = row;
  const causes = caseId ? (await causesOf(db, [caseId])).get(caseId) : undefined;
  return {
    ...row,
    isAuthor,
    // A held post's first decision is whether it is published at all.
    outcome: outcomeOf(row.action, causes?.includes('held') === true && at === 0),
    later: all.slice(at + 1).map(({ id, action, createdAt }) => ({ id, action, createdAt })),
  };
}

/** All decisions on a post, oldest first, each with the moderator's handle. */
export async function decisionsOn(db: Db, postId: string) {
  return db
    .select({
      id: decisions.id,
      action: decisions.action,
      rule: decisions.rule,
      note: decisions.note,
      createdAt: decisions.createdAt,
      moderator: users.handle,
    })
    .from(decisions)
    .innerJoin(users, eq(users.id, decisions.moderatorId))
    .where(eq(decisions.postId, postId))
    .orderBy(asc(decisions.createdAt), asc(decisions.id));
}
