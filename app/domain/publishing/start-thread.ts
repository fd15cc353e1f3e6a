import { mayModerate, type Visitor } from '~/domain/accounts/users/visitor';
import type { IndustrySection, Pillar } from '~/domain/community/vocabularies';
import { threadPath } from '~/domain/forum/paths';
import { waitsForModerator } from '~/domain/forum/posts/first-posts';
import { insertPost } from '~/domain/forum/posts/insert-post';
import { notifyMentioned } from '~/domain/forum/posts/mentions';
import { requireWriter } from '~/domain/forum/posts/permission';
import { languageOf } from '~/domain/forum/posts/post-language';
import type { PostPlace } from '~/domain/forum/posts/post-place';
import { renderBody } from '~/domain/forum/posts/render-body';
import { countWriting } from '~/domain/forum/posts/writing-limits';
import { afterWriting } from '~/domain/forum/read-state/watch';
import { freeSlug, threadSlug } from '~/domain/forum/threads/slug';
import { holds, keepScreening, scanText, withTwin } from '~/domain/moderation/anti-spam/scan';
import { tellWatchers } from '~/domain/notifications/notify-watchers';
import type { AppContext } from '~/platform/app-context';
import { newId } from '~/platform/ids';
import { once } from '~/platform/submissions';
import { threadPillars, threads } from '~db/schema';

export interface NewThread {
  title: string;
  /** Markdown. */
  body: string;
  pillars: readonly Pillar[];
  place: PostPlace;
  industry: IndustrySection | null;
  /** Of the page, BCP 47: the post's own unless its text says otherwise. */
  language: string;
  /** The network address it comes from, if it comes by a form. */
  address?: string | undefined;
  key?: string | undefined;
}

/**
 * Opens a thread with its first post and gives its address. The same key twice opens one.
 * @throws Refusal when the visitor may not write, wrote too much just now, or the text cannot
 *   be shown.
 */
export async function startThread(
  app: AppContext,
  visitor: Visitor,
  wanted: NewThread,
): Promise<string> {
  const author = requireWriter(visitor);
  await countWriting(app, author, wanted.address);
  const text = await renderBody(app, wanted.body);
  const language = languageOf(text.html, wanted.language, wanted.title);
  const { title, address } = wanted;
  const written = { title, html: text.html, language, kind: 'forum-post', address } as const;
  const screening = await scanText(app, author, { moderates: mayModerate(visitor) }, written);
  return app.db.write((tx) =>
    once(tx, app.clock, author.id, wanted.key, async () => {
      const now = app.clock.now();
      const id = newId(now);
      const slug = await freeSlug(tx, threadSlug(wanted.title));
      const noticed = await withTwin(tx, app, author, screening);
      const waits = (await waitsForModerator(tx, app, visitor)) || holds(noticed);
      await tx.insert(threads).values({
        id,
        slug,
        title: wanted.title,
        state: 'open',
        language,
        authorId: author.id,
        createdAt: now,
        activeAt: now,
      });
      if (wanted.pillars.length > 0) {
        const rows = wanted.pillars.map((pillar) => ({ threadId: id, pillar }));
        await tx.insert(threadPillars).values(rows);
      }
      const openingId = newId(now);
      await insertPost(tx, {
        id: openingId,
        threadId: id,
        authorId: author.id,
        isOpening: true,
        parentId: null,
        replyToId: null,
        state: waits ? 'held' : 'visible',
        ...text,
        language,
        ...wanted.place,
        industry: wanted.industry,
        impact: null,
        barriers: [],
        pillars: wanted.pillars,
        createdAt: now,
        importedAt: null,
      });
      await keepScreening(tx, app, openingId, noticed);
      if (!waits) await notifyMentioned(tx, app.clock, openingId);
      if (!waits) await tellWatchers(tx, app.clock, openingId);
      await afterWriting(tx, app.clock, author.id, id);
      return threadPath({ id, slug });
    }),
  );
}
