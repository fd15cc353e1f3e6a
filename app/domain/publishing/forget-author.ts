import { and, eq, inArray, isNull, ne, type SQL, sql } from 'drizzle-orm';
import { NO_COLUMNS } from '~/domain/forum/posts/stored-details';
import { postsInAnyState } from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import { alias, noRow, QueryBuilder } from '~db/dialect';
import { deleteDependants } from '~db/foreign-keys';
import { cases, posts, postTranslations, threads } from '~db/schema';
import { announce } from './post-events';

/**
 * Handles the posts of a deleted account. `keep`: public posts stay, and hidden ones stay hidden;
 * posts that were never public, or that the author deleted, are emptied. `remove`: all posts are
 * emptied with everything attached to them, and only their positions are left. The person's
 * translations of other people's posts stay without a name, or are deleted, too.
 */
export async function forgetAuthor(
  tx: Db,
  authorId: string,
  words: 'keep' | 'remove',
  now: number,
): Promise<void> {
  const theirs = eq(posts.authorId, authorId);
  const unseen = and(theirs, inArray(posts.state, ['held', 'deleted'])) as SQL;
  await emptyPosts(tx, words === 'remove' ? theirs : unseen, now);
  if (words === 'remove') {
    await deleteTranslationsBy(tx, authorId, now);
    await closeLonelyThreads(tx, authorId);
  }
  await tx
    .update(cases)
    .set({ closedAt: now })
    .where(and(eq(cases.personId, authorId), isNull(cases.closedAt)));
}

/** Empties posts; only their positions in the thread are left. */
async function emptyPosts(tx: Db, which: SQL, now: number): Promise<void> {
  const query = new QueryBuilder();
  const ids = query.select({ id: posts.id }).from(postsInAnyState).where(which);
  const emptied = await tx
    .select({ id: posts.id, threadId: posts.threadId })
    .from(postsInAnyState)
    .where(which);
  await deleteDependants(tx, posts, (column) => inArray(column, ids));
  await tx
    .update(cases)
    .set({ closedAt: now })
    .where(and(inArray(cases.postId, ids), isNull(cases.closedAt)));
  await tx
    .update(posts)
    .set({
      state: 'deleted',
      deletedAt: now,
      // Only posts that were once public keep a visible position.
      deletedFrom: sql`case when ${posts.state} = 'deleted' then ${posts.deletedFrom} else ${posts.state} end`,
      body: '',
      html: '',
      excerpt: '',
      ...NO_COLUMNS,
    })
    .where(which);
  const deleted = emptied.map((post) => ({ ...post, state: 'deleted' as const }));
  const clock = { now: () => now };
  await announce(tx, clock, 'emptied', deleted);
  await announce(tx, clock, 'deleted', deleted);
}

async function deleteTranslationsBy(tx: Db, personId: string, now: number): Promise<void> {
  const theirs = eq(postTranslations.personId, personId);
  const translated = await tx
    .selectDistinct({ id: posts.id, threadId: posts.threadId, state: posts.state })
    .from(postTranslations)
    .innerJoin(postsInAnyState, eq(posts.id, postTranslations.postId))
    .where(theirs);
  await tx.delete(postTranslations).where(theirs);
  await announce(tx, { now: () => now }, 'translated', translated);
}

/** Threads without posts by other people are removed with their title; the others keep it. */
async function closeLonelyThreads(tx: Db, authorId: string): Promise<void> {
  const other = alias(postsInAnyState, 'other');
  const alone = noRow(other, eq(other.threadId, threads.id), ne(other.authorId, authorId));
  await tx
    .update(threads)
    .set({ state: 'hidden', title: '—', slug: sql`${threads.id}` })
    .where(and(eq(threads.authorId, authorId), alone));
}
