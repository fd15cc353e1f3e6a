import { mayModerate, type Person, type Visitor } from '~/domain/accounts/users/visitor';
import { waitsForModerator } from '~/domain/forum/posts/first-posts';
import type { NewPost } from '~/domain/forum/posts/insert-post';
import { requireWriter } from '~/domain/forum/posts/permission';
import { NO_DETAILS, type PostDetails } from '~/domain/forum/posts/post-fields';
import { languageOf } from '~/domain/forum/posts/post-language';
import { renderBody } from '~/domain/forum/posts/render-body';
import { countWriting } from '~/domain/forum/posts/writing-limits';
import { afterWriting } from '~/domain/forum/read-state/watch';
import { holds, keepScreening, scanText, withTwin } from '~/domain/moderation/anti-spam/scan';
import type { AppContext } from '~/platform/app-context';
import { newId } from '~/platform/ids';
import { once } from '~/platform/submissions';
import type { Db } from '~db/client';
import { announce } from './post-events';
import { storePost } from './store-post';

/** What a member sends to be published. */
export interface Submission {
  /** Markdown. */
  body: string;
  /** What the author says beside it; the rest is not said. */
  details: Partial<PostDetails>;
  /** Of the page, BCP 47: the post's own unless its text says otherwise. */
  language: string;
  /** The network address it comes from, if it comes by a form. */
  address?: string | undefined;
  /** The key of its form: the same key twice publishes one post. */
  key?: string | undefined;
}

/** Where a post stands in the forum. */
export type Position = Pick<NewPost, 'threadId' | 'isOpening' | 'parentId' | 'replyToId'>;

/** Where a submission goes. */
export interface Destination {
  /** Of the thread that it opens; none for a reply. */
  title?: string;
  /**
   * Makes room for the post in the transaction, and says where it stands and, once it is stored,
   * on which path its author finds it.
   */
  place(
    tx: Db,
    post: { author: Person; language: string; now: number },
  ): Promise<{ position: Position; pathOf(postId: string): string | Promise<string> }>;
}

/**
 * The one way of what members write, from form to page: counts it against the limits, renders and
 * screens it, stores it visible or held, and announces what is visible. Gives the path to it.
 * @throws DomainError when the visitor may not write, wrote too much just now, or the text cannot
 *   be shown or says the same once more; and whatever `destination.place` throws.
 */
export async function publishPost(
  app: AppContext,
  visitor: Visitor,
  submission: Submission,
  destination: Destination,
): Promise<string> {
  const { body, details, address, key } = submission;
  const { title } = destination;
  const { clock } = app;
  const author = requireWriter(visitor);
  await countWriting(app, author, address);
  const text = await renderBody(app, body);
  const language = languageOf(text.html, submission.language, title);
  const screening = await scanText(
    app,
    author,
    { moderates: mayModerate(visitor) },
    {
      title,
      html: text.html,
      language,
      kind: title === undefined ? 'reply' : 'forum-post',
      address,
    },
  );
  const work = (tx: Db) =>
    once(tx, clock, author.id, key, async () => {
      const now = clock.now();
      const { position, pathOf } = await destination.place(tx, { author, language, now });
      const noticed = await withTwin(tx, app, author, screening);
      const held = (await waitsForModerator(tx, app, visitor)) || holds(noticed);
      const post: NewPost = {
        id: newId(now),
        authorId: author.id,
        state: held ? 'held' : 'visible',
        ...position,
        ...text,
        language,
        ...NO_DETAILS,
        ...details,
        createdAt: now,
        importedAt: null,
      };
      await storePost(tx, post);
      await keepScreening(tx, app, post.id, noticed);
      if (!held) await announce(tx, clock, 'published', [post]);
      await afterWriting(tx, clock, author.id, post.threadId);
      return pathOf(post.id);
    });
  return app.db.write(work);
}
