import { and, eq, isNull } from 'drizzle-orm';
import type { Db } from '../../../db/client';
import { posts } from '../../../db/schema';
import type { PostState } from '../../../db/schema/conversation';
import { refreshActivity } from '../../conversation/activity';
import { tellMentioned } from '../../conversation/mentions';
import { tellAnswered } from '../../conversation/tell-answered';
import { recheckDigests } from '../../digests/errata';
import { tellWatchers } from '../../reading/tell-watchers';
import { Refusal } from '../../refusal';
import type { Site } from '../../site';
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
