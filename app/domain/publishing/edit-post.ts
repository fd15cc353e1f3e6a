import { eq } from 'drizzle-orm';
import { mayModerate, type Person, type Visitor } from '~/domain/accounts/users/visitor';
import { inEditWindow } from '~/domain/forum/posts/edit-window';
import { findOwnPost, type PostRow } from '~/domain/forum/posts/own-posts';
import { requireWriter } from '~/domain/forum/posts/permission';
import type { PostDetails } from '~/domain/forum/posts/post-fields';
import { locatePost } from '~/domain/forum/posts/posts';
import { type RenderedBody, renderBody } from '~/domain/forum/posts/render-body';
import { updateDetails } from '~/domain/forum/posts/stored-details';
import { countWriting } from '~/domain/forum/posts/writing-limits';
import { postsInAnyState, readerOf } from '~/domain/forum/visibility';
import { keepScreening, type Screening, scanText } from '~/domain/moderation/anti-spam/scan';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { once } from '~/platform/submissions';
import type { Db } from '~db/client';
import { postRevisions, posts } from '~db/schema';
import { announce } from './post-events';

export interface Edit {
  postId: string;
  /** Markdown. */
  body: string;
  /** Why, in a few words for everybody; may be empty. */
  reason: string;
  /** The revision that the form was made from; without it, nothing is known to be overwritten. */
  seen: number | undefined;
  /** Where it is from and what it is about; what is not there stays as it is. */
  details: Partial<PostDetails>;
  /** The network address it comes from. */
  address?: string | undefined;
  key?: string | undefined;
}

/**
 * Changes a post in its author's name and gives its address. After the grace period the texts
 * before and after are kept as revisions; the number of the revision grows with every change of
 * the text, so that a quotation of it or a decision about it never meets words it does not know.
 * @throws DomainError `missing` when it is not theirs; `refused` when they may not write, when it is
 *   hidden, or when the text was changed since the form was made.
 */
export async function editPost(app: AppContext, visitor: Visitor, edit: Edit): Promise<string> {
  const reader = readerOf(visitor);
  const own = reader.personId ? await findOwnPost(app.db.reader, edit.postId, reader) : null;
  if (reader.personId && !own) throw new DomainError('missing', 'site.problem.404.title');
  const author = requireWriter(visitor);
  await countWriting(app, author, edit.address);
  const text = await renderBody(app, edit.body);
  const screening = await screenEdit(app, visitor, author, edit, text);
  const work = (tx: Db) =>
    once(tx, app.clock, author.id, edit.key, async () => {
      const post = await findOwnPost(tx, edit.postId, reader);
      if (!post) throw new DomainError('missing', 'site.problem.404.title');
      if (post.state === 'hidden') throw new DomainError('refused', 'writing.error.hidden');
      if (text.body !== post.body) {
        if (edit.seen !== undefined && edit.seen !== post.revision) {
          throw new DomainError('refused', 'writing.error.changed', { field: 'body' });
        }
        await changeText(tx, app, post, text, edit.reason);
        await keepScreening(tx, app, post.id, screening);
        await announce(tx, app.clock, 'edited', [post]);
      }
      await updateDetails(tx, post, edit.details);
      const address = await locatePost(tx, post.id, reader);
      if (!address) throw new Error('a post was changed that its author cannot read');
      return address;
    });
  return app.db.write(work);
}

/** What is public already stays so; a moderator is shown it all the same. */
async function screenEdit(
  app: AppContext,
  visitor: Visitor,
  author: Person,
  { postId, address }: Edit,
  { html, body }: RenderedBody,
): Promise<Screening> {
  const [post] = await app.db.reader
    .select({ body: posts.body, language: posts.language, isOpening: posts.isOpening })
    .from(postsInAnyState)
    .where(eq(posts.id, postId));
  // Nothing is said anew when only the place or the kinds change.
  if (!post || post.body === body) return { signals: [], print: null };
  const { language, isOpening } = post;
  const kind = isOpening ? 'forum-post' : 'reply';
  return scanText(
    app,
    author,
    { moderates: mayModerate(visitor) },
    { html, language, kind, address },
  );
}

async function changeText(
  tx: Db,
  { clock }: Pick<AppContext, 'clock'>,
  post: PostRow,
  { body, html, excerpt }: RenderedBody,
  reason: string,
): Promise<void> {
  const now = clock.now();
  const revision = post.revision + 1;
  const text = { body, html, excerpt, revision };
  if (await inEditWindow(tx, clock, post)) {
    await tx.update(posts).set(text).where(eq(posts.id, post.id));
    return;
  }
  // The first time, what was said until now; later it is there already.
  await tx
    .insert(postRevisions)
    .values({
      postId: post.id,
      number: post.revision,
      body: post.body,
      html: post.html,
      editorId: post.authorId,
      createdAt: post.editedAt ?? post.createdAt,
    })
    .onConflictDoNothing();
  await tx
    .update(posts)
    .set({ ...text, editedAt: now })
    .where(eq(posts.id, post.id));
  await tx.insert(postRevisions).values({
    postId: post.id,
    number: revision,
    body,
    html,
    editorId: post.authorId,
    reason: reason || null,
    createdAt: now,
  });
}
