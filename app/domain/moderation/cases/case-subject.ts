import { and, eq } from 'drizzle-orm';
import { postsInAnyState } from '~/domain/forum/visibility';
import type { ChosenAction } from '~/domain/moderation/actions';
import { choices } from '~/domain/moderation/choices';
import type { Clock } from '~/platform/clock';
import type { Db } from '~db/client';
import { cases, type decisions, posts, threads, users } from '~db/schema';
import type { SubjectRef } from './open-case';

type PostRow = typeof posts.$inferSelect;
type ThreadRow = typeof threads.$inferSelect;
type PersonRow = typeof users.$inferSelect;

/** The subject of a case, with the person concerned. */
export interface CaseSubject {
  /** Null for a decision made before cases existed. */
  caseId: string | null;
  open: boolean;
  /** For a thread, its opening post; for a person, null. */
  post: PostRow | null;
  thread: ThreadRow | null;
  author: PersonRow;
}

/** Returns the subject of a case; null if there is no such case. */
export async function findCaseSubject(db: Db, caseId: string): Promise<CaseSubject | null> {
  const [row] = await db.select().from(cases).where(eq(cases.id, caseId));
  if (!row) return null;
  return resolve(db, row, { caseId, open: row.closedAt === null });
}

/** Returns a post, thread or person as a subject without a case. */
export async function caseSubjectOf(db: Db, subject: SubjectRef): Promise<CaseSubject | null> {
  const about = { postId: null, threadId: null, personId: null, ...subject };
  return resolve(db, about, { caseId: null, open: false });
}

interface About {
  postId: string | null;
  threadId: string | null;
  personId: string | null;
}

async function resolve(
  db: Db,
  about: About,
  standing: Pick<CaseSubject, 'caseId' | 'open'>,
): Promise<CaseSubject | null> {
  const post = await postOf(db, about);
  const threadId = about.threadId ?? post?.threadId;
  const thread = threadId ? await one(db, threadId) : null;
  const personId = about.personId ?? post?.authorId ?? thread?.authorId;
  const [author] = await db
    .select()
    .from(users)
    .where(eq(users.id, personId ?? ''));
  return author ? { ...standing, post, thread, author } : null;
}

async function postOf(db: Db, { postId, threadId }: About) {
  if (!postId && !threadId) return null;
  const which = postId
    ? eq(posts.id, postId)
    : and(eq(posts.threadId, threadId ?? ''), eq(posts.isOpening, true));
  const [post] = await db.select().from(postsInAnyState).where(which);
  return post ?? null;
}

async function one(db: Db, threadId: string): Promise<ThreadRow | null> {
  const [thread] = await db.select().from(threads).where(eq(threads.id, threadId));
  return thread ?? null;
}

/** Returns the subject of a decision in its current state. */
export async function subjectOfDecision(
  db: Db,
  decision: typeof decisions.$inferSelect,
): Promise<CaseSubject | null> {
  const [post] = await db
    .select()
    .from(postsInAnyState)
    .where(eq(posts.id, decision.postId ?? ''));
  const thread = decision.threadId ? await one(db, decision.threadId) : null;
  const [author] = await db.select().from(users).where(eq(users.id, decision.authorId));
  if (!author) return null;
  return { caseId: decision.caseId, open: false, post: post ?? null, thread, author };
}

/** Returns the decisions that are possible now. */
export function choicesOf(
  clock: Clock,
  { open, post, thread, author }: Omit<CaseSubject, 'caseId'>,
): readonly ChosenAction[] {
  const now = clock.now();
  return choices({
    open,
    post,
    thread: thread && {
      state: thread.state,
      pinned: thread.pinnedAt !== null,
      slow: (thread.slowUntil ?? 0) > now,
      question: thread.questionNumber !== null,
    },
    limited: (author.silencedUntil ?? 0) > now || (author.suspendedUntil ?? 0) > now,
  });
}
