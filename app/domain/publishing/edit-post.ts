import { eq } from 'drizzle-orm';
import { mayModerate, type Person, type Visitor } from '~/domain/accounts/users/visitor';
import { afterEdit } from '~/domain/barriers/key-points/change';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { inEditWindow } from '~/domain/forum/posts/edit-window';
import { findOwnPost, type PostRow } from '~/domain/forum/posts/own-posts';
import { requireWriter } from '~/domain/forum/posts/permission';
import type { PostDetails } from '~/domain/forum/posts/post-fields';
import { locatePost } from '~/domain/forum/posts/posts';
import { type RenderedBody, renderBody } from '~/domain/forum/posts/render-body';
import { namedByAuthor, readLists, updateDetails } from '~/domain/forum/posts/stored-details';
import { countWriting } from '~/domain/forum/posts/writing-limits';
import { postsInAnyState, readerOf } from '~/domain/forum/visibility';
import { keepScreening, type Screening, scanText } from '~/domain/moderation/anti-spam/scan';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { once } from '~/platform/submissions';
import type { Db } from '~db/client';
import { postRevisions, posts } from '~db/schema';
import { kindsByChange } from './kinds-by-text';
import { placedByChange } from './placed-by-text';
import { announce } from './post-events';
import { questionsAfter } from './questions-after';

export interface Edit {
  postId: string;
  /** Markdown. */
  body: string;
  /** A short public reason; may be empty. */
  reason: string;
  /** The revision that the form was based on; without it, overwriting cannot be detected. */
  seen: number | undefined;
  /** Changed fields; fields that are not included stay as they are. */
  details: Partial<PostDetails>;
  /** The author's IP address. */
  address?: string | undefined;
  key?: string | undefined;
}

/**
 * Edits a post by its author and returns its URL, or that of the question what it is about where its new
 * text denies kinds that it had. After the edit window the former and the new text
 * are kept as revisions. The revision number grows with every change of the text, so that a
 * quotation or a decision always refers to the exact text.
 * @throws DomainError `missing` if it is not theirs; `refused` if they may not post, if it is
 * hidden, or if the text was changed since the form was made.
 */
export async function editPost(app: AppContext, visitor: Visitor, edit: Edit): Promise<string> {
  const reader = readerOf(visitor);
  const own = reader.personId ? await findOwnPost(app.db.reader, edit.postId, reader) : null;
  if (reader.personId && !own) throw new DomainError('missing', 'site.problem.404.title');
  const author = requireWriter(visitor);
  await countWriting(app, author, edit.address);
  const text = await renderBody(app, edit.body);
  const screening = await screenEdit(app, visitor, author, edit, text);
  const change = async (tx: Db): Promise<string> => {
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
    // Also of an imported post: from now on it is the author who says so.
    const by = namedByAuthor({ importedAt: null });
    const placed = placedByChange(edit.details, { ...post, body: text.body }, post.body);
    const stored = (await readLists(tx, [post.id]))(post.id).barriers as BarrierKind[];
    const named = edit.details.barriers ?? stored;
    const now = { ...text, language: post.language };
    const barriers = kindsByChange(named, now, { ...post, stored }, app.community);
    await updateDetails(tx, post, { ...placed, barriers }, by, app.clock.now());
    await afterEdit(tx, app.clock, post, edit.details.barriers && barriers);
    const address = await locatePost(tx, post.id, reader);
    if (!address) throw new Error('a post was changed that its author cannot read');
    const asks = barriers.length < named.length;
    return asks
      ? questionsAfter(address, { details: { ...edit.details, barriers: named } })
      : address;
  };
  const { postId, key, body, reason, details } = edit;
  const sent = { postId, body, reason, details };
  return app.db.write((tx) => once(tx, app.clock, { by: author.id, key, sent }, () => change(tx)));
}

/** A public post stays public after an edit, but moderators see what the checks found. */
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
  // If only fields change, there is no new text to check.
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
  // With the first edit, also the original text; later it is already stored.
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
