import { and, eq } from 'drizzle-orm';
import type { Visitor } from '~/domain/accounts/users/visitor';
import { requireOpenThread } from '~/domain/forum/posts/permission';
import { locatePost } from '~/domain/forum/posts/posts';
import { type Reader, readablePost, readerOf } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import type { Db } from '~db/client';
import { posts } from '~db/schema';
import { type Position, publishPost, type Submission } from './publish-post';

export interface NewReply extends Submission {
  threadId: string;
  /** The post that is replied to; null for a contribution to the thread. */
  replyTo: string | null;
}

/**
 * Adds a contribution or reply to a thread and returns its URL.
 * @throws DomainError if the thread does not exist or is closed, and as `publishPost` does.
 */
export async function reply(app: AppContext, visitor: Visitor, wanted: NewReply): Promise<string> {
  const reader = readerOf(visitor);
  const { threadId } = wanted;
  const language = await requireOpenThread(app.db.reader, app.clock, visitor, threadId);
  return publishPost(app, visitor, wanted, {
    language,
    about: `thread:${threadId}`,
    async place(tx) {
      // Checked again, because the thread may have been closed while the text was rendered.
      await requireOpenThread(tx, app.clock, visitor, threadId);
      return {
        position: await positionOf(tx, wanted, reader),
        pathOf: async (postId) => {
          const path = await locatePost(tx, postId, reader);
          if (!path) throw new Error('a post was stored that its author cannot read');
          return path;
        },
      };
    },
  });
}

/**
 * Replies are one level deep: a reply to a reply belongs to the same contribution and stores which
 * reply it answers. A reply to the opening post is a contribution.
 */
async function positionOf(
  tx: Db,
  { threadId, replyTo }: NewReply,
  reader: Reader,
): Promise<Position> {
  const contribution = { threadId, isOpening: false, parentId: null, replyToId: null };
  if (!replyTo) return contribution;
  const [answered] = await tx
    .select({ id: posts.id, parentId: posts.parentId, isOpening: posts.isOpening })
    .from(posts)
    .where(and(eq(posts.id, replyTo), eq(posts.threadId, threadId), readablePost(reader)));
  if (!answered)
    throw new DomainError('refused', 'conversation.error.replyGone', { field: 'replyTo' });
  if (answered.isOpening) return contribution;
  return { ...contribution, parentId: answered.parentId ?? answered.id, replyToId: answered.id };
}
