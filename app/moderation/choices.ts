import type { PostState } from '../../db/schema/conversation';
import type { DecisionAction } from '../../db/schema/moderation';

export const ACTIONS = [
  'hide',
  'restore',
  'approve',
  'dismiss',
] as const satisfies DecisionAction[];

/**
 * What a moderator may decide, by the state of the post and whether its case is open. A closed
 * case can be taken up again: what was hidden may be restored, what was left may be hidden.
 */
export function choices(state: PostState, open: boolean): readonly DecisionAction[] {
  switch (state) {
    case 'held':
      return ['approve', 'hide'];
    case 'visible':
      return open ? ['hide', 'dismiss'] : ['hide'];
    case 'hidden':
      return open ? ['restore', 'dismiss'] : ['restore'];
    case 'deleted':
      return open ? ['dismiss'] : [];
  }
}

/** The state in which a decision leaves the post. */
export function stateAfter(action: DecisionAction, state: PostState): PostState {
  if (action === 'hide') return 'hidden';
  if (action === 'dismiss') return state;
  return 'visible';
}
