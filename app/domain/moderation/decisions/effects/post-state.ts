import { and, eq, isNull } from 'drizzle-orm';
import { recheckDigests } from '~/domain/digests/errata';
import { notifyMentioned } from '~/domain/forum/posts/mentions';
import { refreshActivity } from '~/domain/forum/threads/activity';
import { notifyAnswered } from '~/domain/notifications/notify-answered';
import { tellWatchers } from '~/domain/notifications/notify-watchers';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import type { Db } from '~db/client';
import { posts } from '~db/schema';
import type { PostState } from '~db/schema/conversation';
import type { Effect, EffectArgs } from './effect';

/** Hides, holds or shows a post. */
export function toState(state: PostState) {
  return async ({ tx, app, matter: { post } }: EffectArgs): Promise<Effect> => {
    if (!post) throw new DomainError('refused', 'moderation.error.notPossible');
    await setState(tx, app, post, state);
    return { change: { from: post.state } };
  };
}

/** Puts a post into another state. What everybody can read for the first time is told of. */
export async function setState(
  tx: Db,
  app: AppContext,
  post: { id: string; threadId: string; state: PostState },
  state: PostState,
): Promise<void> {
  if (state === post.state) return;
  await tx.update(posts).set({ state }).where(eq(posts.id, post.id));
  await recheckDigests(tx, post.threadId);
  if (state === 'visible') {
    const shown = await tx
      .update(posts)
      .set({ shownAt: app.clock.now() })
      .where(and(eq(posts.id, post.id), isNull(posts.shownAt)))
      .returning({ id: posts.id });
    if (shown.length > 0) {
      await notifyAnswered(tx, app.clock, post.id);
      await notifyMentioned(tx, app.clock, post.id);
      await tellWatchers(tx, app.clock, post.id);
    }
  }
  await refreshActivity(tx, post.threadId);
}
