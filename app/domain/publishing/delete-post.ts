import { and, eq, inArray, lte, ne } from 'drizzle-orm';
import type { Visitor } from '~/domain/accounts/users/visitor';
import { DELETED_KEPT, findDeleted, findOwnPost } from '~/domain/forum/posts/own-posts';
import { requireWriter } from '~/domain/forum/posts/permission';
import { locatePost } from '~/domain/forum/posts/posts';
import { deleteLists, NO_COLUMNS } from '~/domain/forum/posts/stored-details';
import { postsInAnyState, readerOf } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import type { Clock } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { idsOf } from '~/platform/ids';
import { pathTo } from '~/platform/paths';
import type { Db } from '~db/client';
import { postRevisions, posts, postTranslations, signals, textPrints } from '~db/schema';
import { announce } from './post-events';

/**
 * Deletes a post by its author: its position stays, and only the author can still read it. People
 * who may not post can still delete. Returns where to redirect; deleting again changes nothing.
 * @throws DomainError `missing` if it is not theirs.
 */
export async function deletePost(app: AppContext, visitor: Visitor, id: string): Promise<string> {
  const reader = readerOf(visitor);
  return app.db.write(async (tx) => {
    const post = await findOwnPost(tx, id, reader);
    if (!post) {
      const own = reader.personId && (await findDeleted(tx, app.clock, id, reader.personId));
      if (!own) throw new DomainError('missing', 'site.problem.404.title');
      return addressAfter(tx, id, visitor);
    }
    const now = app.clock.now();
    await tx
      .update(posts)
      .set({ state: 'deleted', deletedAt: now, deletedFrom: post.state })
      .where(eq(posts.id, id));
    const before = { state: post.state };
    await announce(tx, app.clock, 'deleted', [{ ...post, state: 'deleted', before }]);
    return addressAfter(tx, id, visitor);
  });
}

/**
 * Restores a deleted post with its former state, including held and hidden.
 * @throws DomainError `missing` if it is not theirs or already erased, `refused` if they may not
 * post.
 */
export async function undeletePost(app: AppContext, visitor: Visitor, id: string): Promise<string> {
  const { personId } = readerOf(visitor);
  const own = personId && (await findDeleted(app.db.reader, app.clock, id, personId));
  if (!own) throw new DomainError('missing', 'site.problem.404.title');
  const author = requireWriter(visitor);
  return app.db.write(async (tx) => {
    const [row] = await tx
      .select({ threadId: posts.threadId, deletedFrom: posts.deletedFrom })
      .from(postsInAnyState)
      .where(and(eq(posts.id, id), eq(posts.authorId, author.id), eq(posts.state, 'deleted')));
    if (!row) throw new DomainError('missing', 'site.problem.404.title');
    const state = row.deletedFrom ?? 'held';
    await tx
      .update(posts)
      .set({ state, deletedAt: null, deletedFrom: null })
      .where(eq(posts.id, id));
    await announce(tx, app.clock, 'undeleted', [{ id, threadId: row.threadId, state }]);
    return addressAfter(tx, id, visitor);
  });
}

/** Returns the post's URL in the thread or, if not shown there, where its author can read it. */
async function addressAfter(tx: Db, id: string, visitor: Visitor): Promise<string> {
  return (await locatePost(tx, id, readerOf(visitor))) ?? pathTo('/p/:id/delete', { id });
}

/** Erases posts deleted a month ago, with all their revisions and translations. A background job. */
export async function purgeDeleted(tx: Db, clock: Clock): Promise<void> {
  const due = await tx
    .select({ id: posts.id, threadId: posts.threadId, state: posts.state })
    .from(postsInAnyState)
    .where(
      and(
        eq(posts.state, 'deleted'),
        ne(posts.body, ''),
        lte(posts.deletedAt, clock.now() - DELETED_KEPT),
      ),
    )
    .limit(500);
  if (due.length === 0) return;
  const ids = idsOf(due);
  await tx.delete(postRevisions).where(inArray(postRevisions.postId, ids));
  await tx.delete(postTranslations).where(inArray(postTranslations.postId, ids));
  await deleteLists(tx, ids);
  await tx.delete(signals).where(inArray(signals.postId, ids));
  await tx.delete(textPrints).where(inArray(textPrints.postId, ids));
  const nothing = { body: '', html: '', excerpt: '', ...NO_COLUMNS };
  await tx.update(posts).set(nothing).where(inArray(posts.id, ids));
  await announce(tx, clock, 'emptied', due);
}
