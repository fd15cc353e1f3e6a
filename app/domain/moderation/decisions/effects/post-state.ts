import { setPostState } from '~/domain/publishing/set-post-state';
import { DomainError } from '~/platform/errors';
import type { ActionEffect, Decision } from './effect';

/** The states in which a moderator leaves a post. */
type LeftState = 'visible' | 'held' | 'hidden';

/** Hides, holds or shows a post; `before` is the state that undoing it gives back. */
export function toState(state: LeftState, before: (decision: Decision) => LeftState): ActionEffect {
  return {
    async apply({ tx, app, matter: { post } }) {
      if (!post) throw new DomainError('refused', 'moderation.error.notPossible');
      await setPostState(tx, app.clock, post, state);
      return { change: { from: post.state } };
    },
    async undo({ tx, app, matter: { post }, decision }) {
      if (post?.state !== state) return null;
      const back = before(decision);
      await setPostState(tx, app.clock, post, back);
      const action = ({ visible: 'restore', held: 'hold', hidden: 'hide' } as const)[back];
      return { action, effect: { change: { from: post.state } } };
    },
  };
}

/** The state in which a decision found its post. */
export function stateBefore({ change }: Pick<Decision, 'change'>): 'held' | 'visible' {
  return change?.from === 'held' ? 'held' : 'visible';
}
