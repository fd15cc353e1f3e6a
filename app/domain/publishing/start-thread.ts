import type { Visitor } from '~/domain/accounts/users/visitor';
import { threadPath } from '~/domain/forum/paths';
import { onlyAsked } from '~/domain/forum/posts/post-fields';
import { setThreadPillars } from '~/domain/forum/posts/stored-details';
import { freeSlug, slugOf } from '~/domain/forum/threads/slug';
import type { AppContext } from '~/platform/app-context';
import { newId } from '~/platform/ids';
import { threads } from '~db/schema';
import { publishPost, type Submission } from './publish-post';

export interface NewThread extends Submission {
  title: string;
}

/**
 * Starts a thread with its opening post and returns its URL.
 * @throws DomainError as `publishPost` does.
 */
export async function startThread(
  app: AppContext,
  visitor: Visitor,
  { title, ...wanted }: NewThread,
): Promise<string> {
  const details = onlyAsked('thread', wanted.details);
  const submission = { ...wanted, details };
  const { pillars = [] } = details;
  return publishPost(app, visitor, submission, {
    title,
    // Two at once could take the same address.
    about: 'new thread',
    async place(tx, { author, language, now }) {
      const id = newId(now);
      const slug = await freeSlug(tx, slugOf(title));
      await tx.insert(threads).values({
        id,
        slug,
        title,
        state: 'open',
        language,
        authorId: author.id,
        createdAt: now,
        activeAt: now,
      });
      await setThreadPillars(tx, id, pillars);
      return {
        position: { threadId: id, isOpening: true, parentId: null, replyToId: null },
        pathOf: () => threadPath({ id, slug }),
      };
    },
  });
}
