import { and, desc, eq, isNull, max } from 'drizzle-orm';
import type { Db } from '../../db/client';
import { cases, decisions, posts, threads, users } from '../../db/schema';
import type { PostState } from '../../db/schema/conversation';
import type { DecisionAction } from '../../db/schema/moderation';
import { tellMentioned } from '../conversation/mentions';
import { tellAnswered } from '../conversation/tell-answered';
import { recheckDigests } from '../digests/errata';
import { newId } from '../ids';
import { outcomeForNotices, settleNotices } from '../legal/notice';
import type { Person } from '../people/visitor';
import { foundByMachine } from '../prevention/signals-on';
import { tellWatchers } from '../reading/tell-watchers';
import { Refusal } from '../refusal';
import type { Site } from '../site';
import type { RuleSlug } from '../vocabularies/vocabularies';
import { choices, stateAfter } from './choices';
import { tellAuthor } from './notice';

export interface NewDecision {
  caseId: string;
  action: DecisionAction;
  /** The rule it rests on; needed to hide. */
  rule: RuleSlug | null;
  /** What the author alone is told beside the rule. */
  note: string;
  /**
   * What the moderator had before their eyes: the revision of the text, and the post's latest
   * decision ('' for none). Without them, a case that is closed can only be restored.
   */
  seen: { revision?: number | undefined; decision?: string | undefined };
}

/**
 * Decides on a post: changes it, records the decision, closes its case and tells the author, all
 * in the caller's transaction. Gives the decision's id.
 * @throws Refusal `missing`; `invalid` for hiding without a rule; `refused` for one's own post,
 *   for what another moderator decided meanwhile, and for a text that was changed meanwhile.
 */
export async function decide(
  tx: Db,
  site: Site,
  moderator: Person,
  input: NewDecision,
): Promise<string> {
  const matter = await findMatter(tx, input.caseId);
  if (!matter) throw new Refusal('missing', 'site.problem.404.title');
  const { post, thread, author } = matter;
  if (author.id === moderator.id) throw new Refusal('refused', 'moderation.error.ownPost');
  await refuseIfOvertaken(tx, matter, input);
  if (input.action === 'hide' && !input.rule) {
    throw new Refusal('invalid', 'moderation.error.ruleNeeded', { field: 'reason' });
  }

  const now = site.clock.now();
  const decision = {
    id: newId(now),
    caseId: input.caseId,
    postId: post.id,
    authorId: author.id,
    moderatorId: moderator.id,
    action: input.action,
    rule: input.rule,
    note: input.note || null,
    foundByMachine: await foundByMachine(tx, post.id),
    createdAt: now,
  };
  await tx.insert(decisions).values(decision);
  await changePost(tx, matter, input.action, now);
  if (input.action === 'approve') {
    await tellAnswered(tx, site.clock, post.id);
    await tellMentioned(tx, site.clock, post.id);
    await tellWatchers(tx, site.clock, post.id);
  }
  await tx
    .update(cases)
    .set({ closedAt: now })
    .where(and(eq(cases.postId, post.id), isNull(cases.closedAt)));
  await settleNotices(tx, site, input.caseId, outcomeForNotices(input.action));
  await tellAuthor(tx, site, { decision, author, thread, wasHeld: post.state === 'held' });
  return decision.id;
}

interface Matter {
  open: boolean;
  post: { id: string; state: PostState; revision: number };
  thread: { id: string; title: string; createdAt: number };
  author: { id: string; email: string | null; language: string | null };
}

async function findMatter(tx: Db, caseId: string): Promise<Matter | null> {
  const [row] = await tx
    .select({
      closedAt: cases.closedAt,
      post: { id: posts.id, state: posts.state, revision: posts.revision },
      thread: { id: threads.id, title: threads.title, createdAt: threads.createdAt },
      author: { id: users.id, email: users.email, language: users.language },
    })
    .from(cases)
    .innerJoin(posts, eq(posts.id, cases.postId))
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(users, eq(users.id, posts.authorId))
    .where(eq(cases.id, caseId));
  if (!row) return null;
  const { closedAt, ...matter } = row;
  return { ...matter, open: closedAt === null };
}

/** Nobody decides on what they have not seen: not on another's decision, not on a changed text. */
async function refuseIfOvertaken(
  tx: Db,
  { post, open }: Matter,
  { action, seen }: NewDecision,
): Promise<void> {
  const [latest] = await tx
    .select({ id: decisions.id, action: decisions.action, moderator: users.handle })
    .from(decisions)
    .innerJoin(users, eq(users.id, decisions.moderatorId))
    .where(eq(decisions.postId, post.id))
    .orderBy(desc(decisions.createdAt), desc(decisions.id))
    .limit(1);
  const knows =
    seen.decision === undefined ? open || action === 'restore' : seen.decision === latest?.id;
  const possible = choices(post.state, open).includes(action);
  if (latest && !(knows && possible)) {
    throw new Refusal('refused', 'moderation.error.decided', {
      values: { moderator: latest.moderator, action: latest.action },
    });
  }
  if (!possible) throw new Refusal('refused', 'moderation.error.notPossible');
  if (seen.revision !== undefined && seen.revision !== post.revision) {
    throw new Refusal('refused', 'moderation.error.textChanged');
  }
}

/** A thread is as recent as its newest visible post, which this may be or cease to be. */
async function changePost(
  tx: Db,
  { post, thread }: Matter,
  action: DecisionAction,
  now: number,
): Promise<void> {
  const state = stateAfter(action, post.state);
  if (state === post.state) return;
  await tx.update(posts).set({ state }).where(eq(posts.id, post.id));
  await recheckDigests(tx, thread.id);
  if (state === 'visible') {
    const firstTime = and(eq(posts.id, post.id), isNull(posts.shownAt));
    await tx.update(posts).set({ shownAt: now }).where(firstTime);
  }
  const [newest] = await tx
    .select({ createdAt: max(posts.createdAt) })
    .from(posts)
    .where(and(eq(posts.threadId, thread.id), eq(posts.state, 'visible')));
  await tx
    .update(threads)
    .set({ activeAt: newest?.createdAt ?? thread.createdAt })
    .where(eq(threads.id, thread.id));
}
