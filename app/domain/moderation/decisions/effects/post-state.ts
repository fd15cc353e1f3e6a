import { setPostState } from '~/domain/publishing/set-post-state';
import { DomainError } from '~/platform/errors';
import type { PostState } from '~db/schema/conversation';
import type { Effect, EffectArgs } from './effect';

/** Hides, holds or shows a post. */
export function toState(state: PostState) {
  return async ({ tx, app, matter: { post } }: EffectArgs): Promise<Effect> => {
    if (!post) throw new DomainError('refused', 'moderation.error.notPossible');
    await setPostState(tx, app.clock, post, state);
    return { change: { from: post.state } };
  };
}
