import { and, eq, isNull } from 'drizzle-orm';
import { recheckDigests } from '~/domain/digests/errata';
import { tellMentioned } from '~/domain/forum/posts/mentions';
import { tellAnswered } from '~/domain/forum/posts/notify-answered';
import { tellWatchers } from '~/domain/forum/read-state/notify-watchers';
import { refreshActivity } from '~/domain/forum/threads/activity';
import type { Site } from '~/platform/app-context';
import { Refusal } from '~/platform/errors';
import type { Db } from '~db/client';
import { posts } from '~db/schema';
import type { PostState } from '~db/schema/conversation';
import type { Effect, EffectArgs } from './effect';

/** Hides, holds or shows a post. */
export function toState(state: PostState) {
  return async ({ tx, site, matter: { post } }: EffectArgs): Promise<Effect> => {
    if (!post) throw new Refusal('refused', 'moderation.error.notPossible');
    await setState(tx, site, post, state);
    return { change: { from: post.state } };
  };
}

/** Puts a post into another state. What everybody can read for the first time is told of. */
export async function setState(
  tx: Db,
  site: Site,
  post: { id: string; threadId: string; state: PostState },
  state: PostState,
): Promise<void> {
  if (state === post.state) return;
  await tx.update(posts).set({ state }).where(eq(posts.id, post.id));
  await recheckDigests(tx, post.threadId);
  if (state === 'visible') {
    const shown = await tx
      .update(posts)
      .set({ shownAt: site.clock.now() })
      .where(and(eq(posts.id, post.id), isNull(posts.shownAt)))
      .returning({ id: posts.id });
    if (shown.length > 0) {
      await tellAnswered(tx, site.clock, post.id);
      await tellMentioned(tx, site.clock, post.id);
      await tellWatchers(tx, site.clock, post.id);
    }
  }
  await refreshActivity(tx, post.threadId);
}
