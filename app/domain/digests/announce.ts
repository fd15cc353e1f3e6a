import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import { postsInAnyState } from '~/domain/forum/visibility';
import { notify } from '~/domain/notifications/notify';
import type { AppContext } from '~/platform/app-context';
import { HOUR } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import type { Db } from '~db/client';
import { digestAnnouncements, digestDisputes, digests, posts, users } from '~db/schema';
import { type DigestContent, quotesOf } from './content';
import type { QuotedSentence } from './content-parts';
import { acceptDisputes } from './disputes';
import { restoreQuotes } from './errata';

/*
 * Authors are told that a digest quotes them before it is emailed, and can object with one press. A
 * quote is told once, however many digests and versions have it; an objection holds for all of them.
 */

/** The words of a quote: `ID:120-180`. */
function wordsRef({ postId, start, end }: QuotedSentence): string {
  return `${postId}:${start}-${end}`;
}

/**
 * The quotes whose authors have an account, as imported people may have none; which of them their
 * authors were told of; and the authors by post.
 */
async function readTellable(db: Db, content: DigestContent) {
  const quotes = quotesOf(content);
  const rows = await db
    .select({ postId: posts.id, authorId: posts.authorId })
    .from(postsInAnyState)
    .innerJoin(users, eq(users.id, posts.authorId))
    .where(
      and(
        inArray(
          posts.id,
          quotes.map(({ postId }) => postId),
        ),
        isNotNull(users.confirmedAt),
      ),
    );
  const authorOf = new Map(rows.map(({ postId, authorId }) => [postId, authorId]));
  const tellable = quotes.filter(({ postId }) => authorOf.has(postId));
  const known = await toldOf(
    db,
    tellable.map(({ postId }) => postId),
  );
  return { tellable, known, authorOf };
}

/**
 * Tells the authors of a digest's quotes, those who were not told yet, in the caller's transaction.
 * If none of them has an account, the digest can be emailed at once. Returns the number of posts whose
 * authors were told now.
 */
export async function announceQuotes(
  tx: Db,
  { clock }: Pick<AppContext, 'clock'>,
  digestId: string,
  content: DigestContent,
): Promise<number> {
  const now = clock.now();
  const { tellable, known, authorOf } = await readTellable(tx, content);
  const fresh = new Set<string>();
  const times: number[] = [];
  for (const quote of tellable) {
    const ref = wordsRef(quote);
    const earlier = known.filter((row) => row.quote === ref);
    const toldAt = Math.min(now, ...earlier.map((row) => row.toldAt));
    times.push(toldAt);
    if (earlier.length === 0) fresh.add(quote.postId);
    if (earlier.some((row) => row.digestId === digestId)) continue;
    await tx
      .insert(digestAnnouncements)
      .values({ digestId, quote: ref, postId: quote.postId, toldAt });
  }
  for (const postId of fresh) {
    await notify(tx, clock, { postId, userId: authorOf.get(postId) ?? '', kind: 'quoted' });
  }
  const announcedAt = times.length === 0 ? null : Math.max(...times);
  await tx.update(digests).set({ announcedAt }).where(eq(digests.id, digestId));
  return fresh.size;
}

/** Returns how many quotes of a digest no author was told of. */
export async function countUntold(db: Db, content: DigestContent): Promise<number> {
  const { tellable, known } = await readTellable(db, content);
  const told = new Set(known.map(({ quote }) => quote));
  return tellable.filter((quote) => !told.has(wordsRef(quote))).length;
}

/** The quotes of posts of which their authors were told. */
async function toldOf(db: Db, postIds: readonly string[]) {
  return db
    .select()
    .from(digestAnnouncements)
    .where(inArray(digestAnnouncements.postId, [...new Set(postIds)]));
}

/** From when a digest may be emailed, UTC ms; 0 if no author was to be told. */
export function mailableFrom(
  { config }: Pick<AppContext, 'config'>,
  announcedAt: number | null,
): number {
  return announcedAt === null ? 0 : announcedAt + config.digestObjectionHours * HOUR;
}

/**
 * Returns until when the author of a post can have its quotes taken out with one press, UTC ms;
 * null if nobody was told of any.
 */
export async function objectionUntil(
  db: Db,
  app: Pick<AppContext, 'config'>,
  postId: string,
): Promise<number | null> {
  const told = await toldOf(db, [postId]);
  if (told.length === 0) return null;
  return mailableFrom(app, Math.max(...told.map(({ toldAt }) => toldAt)));
}

/**
 * Takes the quotes of a post out of all drafts and digests, at its author's wish, and has it quoted
 * no more. It stays counted. This answers the objections that moderators have not answered yet. Once
 * more changes nothing.
 * @throws DomainError `refused` if the time for it is over
 */
export async function objectToQuotes(tx: Db, app: AppContext, postId: string): Promise<void> {
  await requireTime(tx, app, postId);
  await acceptDisputes(tx, app.clock, postId);
}

/**
 * Lets digests quote a post again whose author objected, at the author's wish. Once more changes nothing.
 * @throws DomainError `refused` if the time for it is over
 */
export async function allowQuotesAgain(tx: Db, app: AppContext, postId: string): Promise<void> {
  await requireTime(tx, app, postId);
  await restoreQuotes(tx, app.clock.now(), postId);
  await tx
    .delete(digestDisputes)
    .where(and(eq(digestDisputes.postId, postId), eq(digestDisputes.state, 'accepted')));
}

async function requireTime(tx: Db, app: AppContext, postId: string): Promise<void> {
  const until = await objectionUntil(tx, app, postId);
  if (until === null || app.clock.now() >= until) {
    throw new DomainError('refused', 'quotes.error.late');
  }
}
