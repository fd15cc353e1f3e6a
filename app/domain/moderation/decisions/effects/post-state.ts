import { setPostState, unpublish } from '~/domain/publishing/set-post-state';
import { DomainError } from '~/platform/errors';
import type { ActionEffect, Decision } from './effect';

/** The states that a moderator can set. */
type LeftState = 'visible' | 'held' | 'hidden';

/** Returns the effect that sets a post's state; `before` gives the state that undoing restores. */
export function toState(state: LeftState, before: (decision: Decision) => LeftState): ActionEffect {
  return {
    async apply({ tx, app, subject: { post } }) {
      if (!post) throw new DomainError('refused', 'moderation.error.notPossible');
      await setPostState(tx, app.clock, post, state);
      return { change: { from: post.state, shownAt: post.shownAt } };
    },
    async undo({ tx, app, subject: { post }, decision, change }) {
      if (post?.state !== state) return null;
      const back = before(decision);
      await setPostState(tx, app.clock, post, back);
      if (change.shownAt === null && post.shownAt !== null) {
        await unpublish(tx, app.clock, { ...post, state: back });
      }
      const action = ({ visible: 'restore', held: 'hold', hidden: 'hide' } as const)[back];
      return { action, effect: { change: { from: post.state, shownAt: post.shownAt } } };
    },
  };
}

/** Returns the state that a restored post had: hidden, or held if a moderator undid a hold. */
export function notShownBefore({ change }: Pick<Decision, 'change'>): 'held' | 'hidden' {
  return change?.from === 'held' ? 'held' : 'hidden';
}

/** Returns the state that the post had before the decision. */
export function stateBefore({ change }: Pick<Decision, 'change'>): 'held' | 'visible' {
  return change?.from === 'held' ? 'held' : 'visible';
}
