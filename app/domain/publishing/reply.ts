import { and, eq } from 'drizzle-orm';
import { mayModerate, type Visitor } from '~/domain/accounts/users/visitor';
import type { BarrierKind, Impact, IndustrySection, Pillar } from '~/domain/community/vocabularies';
import { waitsForModerator } from '~/domain/forum/posts/first-posts';
import { insertPost } from '~/domain/forum/posts/insert-post';
import { notifyMentioned } from '~/domain/forum/posts/mentions';
import { requireOpenThread, requireWriter } from '~/domain/forum/posts/permission';
import { languageOf } from '~/domain/forum/posts/post-language';
import type { PostPlace } from '~/domain/forum/posts/post-place';
import { locatePost } from '~/domain/forum/posts/posts';
import { renderBody } from '~/domain/forum/posts/render-body';
import { countWriting } from '~/domain/forum/posts/writing-limits';
import { afterWriting } from '~/domain/forum/read-state/watch';
import { type Reader, readablePost, readerOf } from '~/domain/forum/visibility';
import { holds, keepScreening, scanText, withTwin } from '~/domain/moderation/anti-spam/scan';
import { notifyAnswered } from '~/domain/notifications/notify-answered';
import { tellWatchers } from '~/domain/notifications/notify-watchers';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { newId } from '~/platform/ids';
import { once } from '~/platform/submissions';
import { threadKey } from '~db/cache-tags';
import type { Db } from '~db/client';
import { posts } from '~db/schema';

export interface NewReply {
  threadId: string;
  /** The post that is answered; none makes a contribution to the thread. */
  replyTo: string | null;
  /** Markdown. */
  body: string;
  place: PostPlace;
  industry: IndustrySection | null;
  barriers: readonly BarrierKind[];
  pillars: readonly Pillar[];
  /** How hard it hits, where the author said so. */
  impact?: Impact | null;
  /** Of the page, BCP 47: the post's own unless its text says otherwise. */
  language: string;
  /** The network address it comes from, if it comes by a form. */
  address?: string | undefined;
  key?: string | undefined;
}

/**
 * Adds a contribution or a reply to a thread and gives its address. The same key twice adds one.
 * @throws Refusal when the thread is not there or takes no more, the visitor may not write, wrote
 *   too much just now, or the text cannot be shown.
 */
export async function reply(app: AppContext, visitor: Visitor, wanted: NewReply): Promise<string> {
  const reader = readerOf(visitor);
  await requireOpenThread(app.db.reader, app.clock, visitor, wanted.threadId);
  const author = requireWriter(visitor);
  await countWriting(app, author, wanted.address);
  const text = await renderBody(app, wanted.body);
  const language = languageOf(text.html, wanted.language);
  const written = { html: text.html, language, kind: 'reply', address: wanted.address } as const;
  const screening = await scanText(app, author, { moderates: mayModerate(visitor) }, written);
  const work = (tx: Db) =>
    once(tx, app.clock, author.id, wanted.key, async () => {
      // Once more: the thread may have been closed while the text was rendered.
      await requireOpenThread(tx, app.clock, visitor, wanted.threadId);
      const standing = await standingOf(tx, wanted, reader);
      const noticed = await withTwin(tx, app, author, screening);
      const waits = (await waitsForModerator(tx, app, visitor)) || holds(noticed);
      const now = app.clock.now();
      const id = newId(now);
      await insertPost(tx, {
        id,
        threadId: wanted.threadId,
        authorId: author.id,
        isOpening: false,
        ...standing,
        state: waits ? 'held' : 'visible',
        ...text,
        language,
        ...wanted.place,
        industry: wanted.industry,
        impact: wanted.impact ?? null,
        barriers: wanted.barriers,
        pillars: wanted.pillars,
        createdAt: now,
        importedAt: null,
      });
      await keepScreening(tx, app, id, noticed);
      if (!waits) await notifyAnswered(tx, app.clock, id);
      if (!waits) await notifyMentioned(tx, app.clock, id);
      if (!waits) await tellWatchers(tx, app.clock, id);
      await afterWriting(tx, app.clock, author.id, wanted.threadId);
      const address = await locatePost(tx, id, reader);
      if (!address) throw new Error('a post was stored that its author cannot read');
      return address;
    });
  return app.db.write(work, [threadKey(wanted.threadId)]);
}

/**
 * Where a new post stands. Replies are one level deep: an answer to a reply stands under the same
 * contribution and remembers whom it answers. An answer to the opening is a contribution.
 */
async function standingOf(
  tx: Db,
  { threadId, replyTo }: NewReply,
  reader: Reader,
): Promise<{ parentId: string | null; replyToId: string | null }> {
  if (!replyTo) return { parentId: null, replyToId: null };
  const [answered] = await tx
    .select({ id: posts.id, parentId: posts.parentId, isOpening: posts.isOpening })
    .from(posts)
    .where(and(eq(posts.id, replyTo), eq(posts.threadId, threadId), readablePost(reader)));
  if (!answered)
    throw new DomainError('refused', 'conversation.error.replyGone', { field: 'replyTo' });
  if (answered.isOpening) return { parentId: null, replyToId: null };
  return { parentId: answered.parentId ?? answered.id, replyToId: answered.id };
}
