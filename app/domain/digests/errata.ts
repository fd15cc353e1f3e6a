import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import { postsInAnyState } from '~/domain/forum/visibility';
import { inBatches } from '~/platform/batches';
import type { Db } from '~db/client';
import { decisions, digestErrata, digestSources, digests, posts } from '~db/schema';
import type { ErratumCause } from '~db/schema/digests';
import {
  type DigestContent,
  digestContent,
  editionHash,
  mapPoints,
  quotesOf,
  sourcesOf,
} from './content';
import { pruneWords } from './machine-words';
import { presses } from './presses';
import { withoutQuotes } from './quote-slots';
import type { Signer } from './signature';
import { publicPosts, stillVisible } from './verify';

/** A source that was withdrawn from a published version. */
export interface Erratum {
  postId: string;
  cause: ErratumCause;
  /** UTC milliseconds; null if it is not recorded yet and the time is unknown. */
  withdrawnAt: number | null;
  /** Since when it may be shown again, UTC milliseconds. */
  restoredAt: number | null;
  /** True if the source was quoted, not only counted. */
  quoted: boolean;
}

/** What of a digest may be shown at the moment, and what was withdrawn from it. */
export interface EditionStatus {
  /** Without words of posts whose authors objected to being quoted; the posts stay counted. */
  content: DigestContent;
  /** Posts that are public and, if quoted, unchanged; see `stillVisible`. */
  visible: Map<string, Signer | null>;
  /** Posts that are not quoted any more because their authors objected. */
  disputed: ReadonlySet<string>;
  /** The number of quotes that are not shown any more. */
  withdrawnQuotes: number;
  /** Oldest first. */
  errata: Erratum[];
}

type Standing = Pick<EditionStatus, 'visible' | 'disputed'>;

/**
 * Checks every source of a digest. A withdrawal counts whether or not it has been recorded: the
 * record only keeps the date, also for sources that became public again.
 */
export async function editionStatusOf(
  db: Db,
  digestId: string,
  published: DigestContent,
): Promise<EditionStatus> {
  const quotes = quotesOf(published);
  const quoted = new Set(quotes.map(({ postId }) => postId));
  const recorded = await db.select().from(digestErrata).where(eq(digestErrata.digestId, digestId));
  const known = new Map(recorded.map((row) => [row.postId, row]));
  const disputed = new Set(
    recorded
      .filter(({ cause, restoredAt }) => cause === 'disputed' && restoredAt === null)
      .map(({ postId }) => postId),
  );
  const content = withoutWordsOf(published, disputed);
  const visible = await stillVisible(db, content);
  const gone = sourcesOf(published).filter((postId) => !visible.has(postId));
  const unrecorded = gone.filter((postId) => known.get(postId)?.restoredAt !== null);
  const errata = [
    ...recorded
      .filter(({ postId }) => !unrecorded.includes(postId))
      .map(({ postId, cause, withdrawnAt, restoredAt }) => ({
        ...{ postId, cause, withdrawnAt, quoted: quoted.has(postId) },
        restoredAt: restoredAt ?? null,
      })),
    ...(await explain(db, unrecorded)).map((one) => ({
      ...one,
      restoredAt: null,
      quoted: quoted.has(one.postId),
    })),
  ];
  return {
    content,
    visible,
    disputed,
    withdrawnQuotes: quotes.filter(({ postId }) => !mayQuote({ visible, disputed }, postId)).length,
    errata: errata.toSorted(
      (a, b) =>
        (a.withdrawnAt ?? Infinity) - (b.withdrawnAt ?? Infinity) || (a.postId < b.postId ? -1 : 1),
    ),
  };
}

/** Removes the quotes of posts, and the titles of key points that are their words. */
function withoutWordsOf(content: DigestContent, postIds: ReadonlySet<string>): DigestContent {
  if (postIds.size === 0) return content;
  const kept = mapPoints(content, (point) => ({
    ...point,
    texts: point.texts.filter(({ source }) => !source || !postIds.has(source)),
  }));
  return pruneWords(withoutQuotes(kept, ({ postId }) => postIds.has(postId)));
}

/** True if the quotes of a post may still be shown. */
export function mayQuote({ visible, disputed }: Standing, postId: string): boolean {
  return visible.has(postId) && !disputed.has(postId);
}

/**
 * Returns those that a digest still has to do without: not what is shown again, nor quotes that
 * their authors had taken out before publication.
 */
export function openErrata(errata: readonly Erratum[]): Erratum[] {
  return errata.filter((one) => one.restoredAt === null && !beforePublication(one));
}

/** True for a quote that its author had taken out of the draft: the content does not have it. */
export function beforePublication({ cause, quoted }: Erratum): boolean {
  return cause === 'disputed' && !quoted;
}

/** Finds out why posts can no longer be shown and since when, as far as the data tell. */
async function explain(
  db: Db,
  postIds: readonly string[],
): Promise<Pick<Erratum, 'postId' | 'cause' | 'withdrawnAt'>[]> {
  const open = await publicPosts(db, postIds);
  const rows = await inBatches(postIds, (batch) =>
    db
      .select({
        id: posts.id,
        state: posts.state,
        editedAt: posts.editedAt,
        deletedAt: posts.deletedAt,
      })
      .from(postsInAnyState)
      .where(inArray(posts.id, batch)),
  );
  const found: Pick<Erratum, 'postId' | 'cause' | 'withdrawnAt'>[] = [];
  for (const { id, state, editedAt, deletedAt } of rows) {
    if (state === 'deleted') {
      found.push({ postId: id, cause: 'deleted', withdrawnAt: deletedAt });
    } else if (open.has(id)) {
      // The post is public, but no longer contains the quoted text, or its author's name has
      // changed.
      found.push({ postId: id, cause: 'edited', withdrawnAt: editedAt });
    } else {
      found.push({ postId: id, cause: 'hidden', withdrawnAt: await hiddenAt(db, id) });
    }
  }
  return found;
}

async function hiddenAt(db: Db, postId: string): Promise<number | null> {
  const [row] = await db
    .select({ createdAt: decisions.createdAt })
    .from(decisions)
    .where(eq(decisions.postId, postId))
    .orderBy(desc(decisions.createdAt), desc(decisions.id))
    .limit(1);
  return row?.createdAt ?? null;
}

/**
 * Records which sources of a published version were withdrawn or became public again, in the
 * caller's transaction. Returns true if anything is new.
 */
export async function recordErrata(
  tx: Db,
  now: number,
  digestId: string,
  { visible, errata }: EditionStatus,
): Promise<boolean> {
  const recorded = await tx.select().from(digestErrata).where(eq(digestErrata.digestId, digestId));
  const open = new Set(
    recorded.filter(({ restoredAt }) => restoredAt === null).map(({ postId }) => postId),
  );
  let news = false;
  for (const { postId, cause, withdrawnAt, restoredAt } of errata) {
    if (restoredAt !== null || open.has(postId)) continue;
    const facts = { cause, withdrawnAt: withdrawnAt ?? now, restoredAt: null };
    await tx
      .insert(digestErrata)
      .values({ digestId, postId, ...facts })
      .onConflictDoUpdate({ target: [digestErrata.digestId, digestErrata.postId], set: facts });
    news = true;
  }
  const back = recorded.filter(
    ({ postId, cause, restoredAt }) =>
      restoredAt === null && cause !== 'disputed' && visible.has(postId),
  );
  for (const { postId } of back) {
    await tx
      .update(digestErrata)
      .set({ restoredAt: now })
      .where(and(eq(digestErrata.digestId, digestId), eq(digestErrata.postId, postId)));
    news = true;
  }
  return news;
}

/**
 * Requests a check of every published digest that uses posts of a thread. Called in the transaction
 * that changes one of them, so that errata and a corrected version follow soon.
 */
export async function recheckDigests(tx: Db, threadId: string): Promise<void> {
  const resting = tx
    .select({ digestId: digestSources.digestId })
    .from(digestSources)
    .innerJoin(postsInAnyState, eq(posts.id, digestSources.postId))
    .where(eq(posts.threadId, threadId));
  await tx
    .update(digests)
    .set({ checkedAt: null })
    .where(and(eq(digests.state, 'published'), inArray(digests.id, resting)));
}

/** Returns the posts that may not be quoted because an author's objection was accepted. */
export async function disputedPosts(db: Db): Promise<Set<string>> {
  const rows = await db
    .selectDistinct({ postId: digestErrata.postId })
    .from(digestErrata)
    .where(and(eq(digestErrata.cause, 'disputed'), isNull(digestErrata.restoredAt)));
  return new Set(rows.map(({ postId }) => postId));
}

/**
 * Withdraws all quotes of a post from published digests, and takes them out of drafts, because its
 * author objects; the post itself is not changed and stays counted.
 */
export async function withdrawQuotes(tx: Db, now: number, postId: string): Promise<void> {
  const rows = await tx
    .select({ digestId: digestSources.digestId })
    .from(digestSources)
    .innerJoin(digests, eq(digests.id, digestSources.digestId))
    .where(and(eq(digestSources.postId, postId), eq(digestSources.quoted, true)));
  for (const { digestId } of rows) {
    const facts = { cause: 'disputed' as const, withdrawnAt: now, restoredAt: null };
    await tx
      .insert(digestErrata)
      .values({ digestId, postId, ...facts })
      .onConflictDoUpdate({ target: [digestErrata.digestId, digestErrata.postId], set: facts });
    await tx.update(digests).set({ checkedAt: null }).where(eq(digests.id, digestId));
  }
  const facts = { postId, cause: 'disputed' as const, withdrawnAt: now };
  const drafts = await tx.select().from(digests).where(eq(digests.state, 'draft'));
  for (const { id, note, ...draft } of drafts) {
    const has = (quote: { postId: string }) => quote.postId === postId;
    const content = digestContent.parse(draft.content);
    const drafted = digestContent.parse(draft.drafted ?? draft.content);
    const done = presses.parse(draft.presses ?? []);
    if (![content, drafted].flatMap(quotesOf).some(has) && !done.some(({ quote }) => has(quote))) {
      continue;
    }
    const kept = pruneWords(withoutQuotes(content, has));
    await tx
      .update(digests)
      .set({
        content: kept,
        drafted: withoutQuotes(drafted, has),
        presses: done.filter(({ quote }) => !has(quote)),
        contentHash: editionHash(kept, note),
      })
      .where(eq(digests.id, id));
    await tx
      .insert(digestErrata)
      .values({ digestId: id, ...facts })
      .onConflictDoNothing();
  }
}

/**
 * Has a post quoted again that its author had taken out: where a digest still has its words, and in what
 * is composed later.
 */
export async function restoreQuotes(tx: Db, now: number, postId: string): Promise<void> {
  const open = and(
    eq(digestErrata.postId, postId),
    eq(digestErrata.cause, 'disputed'),
    isNull(digestErrata.restoredAt),
  );
  const of = (state: 'draft' | 'published') =>
    tx.select({ id: digests.id }).from(digests).where(eq(digests.state, state));
  // Nobody has read a draft: there is nothing to tell of it.
  await tx.delete(digestErrata).where(and(open, inArray(digestErrata.digestId, of('draft'))));
  const rows = await tx
    .update(digestErrata)
    .set({ restoredAt: now })
    .where(and(open, inArray(digestErrata.digestId, of('published'))))
    .returning({ digestId: digestErrata.digestId });
  const ids = rows.map(({ digestId }) => digestId);
  if (ids.length > 0) {
    await tx.update(digests).set({ checkedAt: null }).where(inArray(digests.id, ids));
  }
}
