import { and, asc, desc, eq, inArray, or } from 'drizzle-orm';
import { postsInAnyState } from '~/domain/forum/visibility';
import { closeIfOnly, openCase } from '~/domain/moderation/cases/open-case';
import { notify } from '~/domain/notifications/notify';
import type { AppContext } from '~/platform/app-context';
import type { Clock } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { newId } from '~/platform/ids';
import type { Db } from '~db/client';
import {
  digestAnnouncements,
  digestDisputes,
  digestSources,
  digests,
  posts,
  users,
} from '~db/schema';
import { type DigestContent, digestContent, quotesOf } from './content';
import type { QuotedSentence } from './content-parts';
import { editionStatusOf, mayQuote, withdrawQuotes } from './errata';

/** Maximum length of an objection and of its answer, in characters. */
export const DISPUTE_LENGTH = 2000;

export type DisputeState = 'open' | 'accepted' | 'declined';

/** A digest that quotes a post, as shown to the post's author. */
export interface Quoting {
  digestId: string;
  scope: string;
  period: string;
  version: number;
  /** A draft is shown once its authors were told. */
  state: 'draft' | 'published';
  content: DigestContent;
  quotes: QuotedSentence[];
  /** True if the digest does not show the quotes any more. */
  withdrawn: boolean;
  dispute: { state: DisputeState; body: string; answer: string | null } | null;
}

/**
 * Returns the newest version of each published digest that quotes a post, and the drafts that its
 * author was told of; newest first.
 */
export async function quotingDigests(db: Db, postId: string): Promise<Quoting[]> {
  const rows = await db
    .select({
      digestId: digests.id,
      scope: digests.scope,
      period: digests.period,
      version: digests.version,
      state: digests.state,
      content: digests.content,
      dispute: {
        state: digestDisputes.state,
        body: digestDisputes.body,
        answer: digestDisputes.answer,
      },
    })
    .from(digests)
    .leftJoin(
      digestDisputes,
      and(eq(digestDisputes.digestId, digests.id), eq(digestDisputes.postId, postId)),
    )
    .where(
      or(
        and(eq(digests.state, 'published'), inArray(digests.id, publishedWith(db, postId))),
        and(eq(digests.state, 'draft'), inArray(digests.id, announcedWith(db, postId))),
      ),
    )
    .orderBy(desc(digests.periodEnd), asc(digests.scope), desc(digests.version));
  const seen = new Set<string>();
  const found: Quoting[] = [];
  for (const { content: stored, ...row } of rows) {
    const key = `${row.state} ${row.scope} ${row.period}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const content = digestContent.parse(stored);
    const quotes = quotesOf(content).filter((quote) => quote.postId === postId);
    if (quotes.length === 0) continue;
    const standing = await editionStatusOf(db, row.digestId, content);
    found.push({ ...row, content, quotes, withdrawn: !mayQuote(standing, postId) });
  }
  return found;
}

function publishedWith(db: Db, postId: string) {
  return db
    .select({ id: digestSources.digestId })
    .from(digestSources)
    .where(and(eq(digestSources.postId, postId), eq(digestSources.quoted, true)));
}

function announcedWith(db: Db, postId: string) {
  return db
    .select({ id: digestAnnouncements.digestId })
    .from(digestAnnouncements)
    .where(eq(digestAnnouncements.postId, postId));
}

export interface NewDispute {
  postId: string;
  digestId: string;
  /** The author of the post. */
  authorId: string;
  /** The objection, as plain text. */
  body: string;
}

/**
 * Stores an author's objection to how a digest quotes them, and opens a case for the moderators. A
 * second objection replaces the first while it is open.
 * @throws DomainError `missing` if the digest does not quote a post of theirs; `refused` if the quote
 * is withdrawn already or the objection decided
 */
export async function dispute(tx: Db, app: AppContext, input: NewDispute): Promise<void> {
  const { postId, digestId, authorId, body } = input;
  const [quoted] = await tx
    .select({ id: posts.id })
    .from(digestSources)
    .innerJoin(postsInAnyState, eq(posts.id, digestSources.postId))
    .where(
      and(
        eq(digestSources.digestId, digestId),
        eq(digestSources.postId, postId),
        eq(digestSources.quoted, true),
        eq(posts.authorId, authorId),
      ),
    );
  if (!quoted) throw new DomainError('missing', 'site.problem.404.title');
  if (await isWithdrawn(tx, digestId, postId)) throw new DomainError('refused', 'quotes.gone');
  const known = await disputeOf(tx, digestId, postId);
  if (known && known.state !== 'open') throw new DomainError('refused', 'editions.dispute.decided');
  const id = known?.id ?? newId(app.clock.now());
  if (known) await tx.update(digestDisputes).set({ body }).where(eq(digestDisputes.id, id));
  else {
    await tx.insert(digestDisputes).values({
      ...input,
      id,
      state: 'open',
      createdAt: app.clock.now(),
    });
  }
  await openCase(tx, app.clock, { subject: { postId }, cause: 'dispute', detail: id });
}

/**
 * Takes back an objection that moderators have not decided yet. Once more changes nothing.
 * @throws DomainError `missing` if the author has none; `refused` if it was decided meanwhile
 */
export async function takeBackDispute(
  tx: Db,
  app: AppContext,
  { postId, digestId, authorId }: Omit<NewDispute, 'body'>,
): Promise<void> {
  const known = await disputeOf(tx, digestId, postId);
  if (known?.authorId !== authorId) throw new DomainError('missing', 'site.problem.404.title');
  if (known.state !== 'open') throw new DomainError('refused', 'editions.dispute.decided');
  await tx.delete(digestDisputes).where(eq(digestDisputes.id, known.id));
  await closeIfNoneIsOpen(tx, app.clock, postId);
}

/** Returns the objection to what a digest quotes of a post, open or decided. */
async function disputeOf(db: Db, digestId: string, postId: string) {
  const [row] = await db
    .select()
    .from(digestDisputes)
    .where(and(eq(digestDisputes.digestId, digestId), eq(digestDisputes.postId, postId)));
  return row;
}

/** True if a digest does not show its quotes of a post any more. */
async function isWithdrawn(db: Db, digestId: string, postId: string): Promise<boolean> {
  const [row] = await db
    .select({ content: digests.content })
    .from(digests)
    .where(eq(digests.id, digestId));
  if (!row) return true;
  const content = digestContent.parse(row.content);
  return !mayQuote(await editionStatusOf(db, digestId, content), postId);
}

/** An objection as shown to moderators. */
export interface OpenDispute {
  id: string;
  digestId: string;
  postId: string;
  author: string;
  body: string;
  createdAt: number;
}

/** Returns open objections, oldest first: all, or those about one post or digest. */
export async function openDisputes(
  db: Db,
  about: { postId?: string; digestId?: string } = {},
): Promise<OpenDispute[]> {
  return db
    .select({
      id: digestDisputes.id,
      digestId: digestDisputes.digestId,
      postId: digestDisputes.postId,
      author: users.handle,
      body: digestDisputes.body,
      createdAt: digestDisputes.createdAt,
    })
    .from(digestDisputes)
    .innerJoin(users, eq(users.id, digestDisputes.authorId))
    .where(
      and(
        eq(digestDisputes.state, 'open'),
        about.postId === undefined ? undefined : eq(digestDisputes.postId, about.postId),
        about.digestId === undefined ? undefined : eq(digestDisputes.digestId, about.digestId),
      ),
    )
    .orderBy(asc(digestDisputes.createdAt), asc(digestDisputes.id));
}

/**
 * Answers an objection. If it is accepted, the post's quotes are withdrawn from every digest and
 * never used again; the author is notified in either case.
 * @throws DomainError `missing`; `refused` if it was answered meanwhile, is the moderator's own, or
 * would keep a quote that is withdrawn already
 */
export async function answerDispute(
  tx: Db,
  app: AppContext,
  moderatorId: string,
  id: string,
  { accept, answer }: { accept: boolean; answer: string },
): Promise<void> {
  const [found] = await tx.select().from(digestDisputes).where(eq(digestDisputes.id, id));
  if (!found) throw new DomainError('missing', 'site.problem.404.title');
  if (found.authorId === moderatorId) throw new DomainError('refused', 'editions.dispute.own');
  if (found.state !== 'open') throw new DomainError('refused', 'editions.dispute.decided');
  const now = app.clock.now();
  const { postId, authorId } = found;
  if (!accept && (await isWithdrawn(tx, found.digestId, postId))) {
    throw new DomainError('refused', 'quotes.gone');
  }
  if (accept) await acceptDisputes(tx, app.clock, postId, answer);
  else {
    const decided = { state: 'declined' as const, answer: answer || null, decidedAt: now };
    await tx.update(digestDisputes).set(decided).where(eq(digestDisputes.id, id));
    await closeIfNoneIsOpen(tx, app.clock, postId);
  }
  await notify(tx, app.clock, { userId: authorId, kind: 'disputed', postId });
}

/**
 * Withdraws the quotes of a post from every digest, which answers all open objections to them, and
 * closes their case.
 */
export async function acceptDisputes(
  tx: Db,
  clock: Clock,
  postId: string,
  answer = '',
): Promise<void> {
  const now = clock.now();
  await withdrawQuotes(tx, now, postId);
  await tx
    .update(digestDisputes)
    .set({ state: 'accepted', answer: answer || null, decidedAt: now })
    .where(and(eq(digestDisputes.postId, postId), eq(digestDisputes.state, 'open')));
  await closeIfNoneIsOpen(tx, clock, postId);
}

async function closeIfNoneIsOpen(tx: Db, clock: Clock, postId: string): Promise<void> {
  const [open] = await openDisputes(tx, { postId });
  if (!open) await closeIfOnly(tx, clock, postId, 'dispute');
}
