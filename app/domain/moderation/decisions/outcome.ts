import type { DecisionAction } from '~db/schema/moderation';
import type { Role } from '~db/schema/people';

/** The outcome as told to the author: hiding a held post is refusing to publish it. */
export type Outcome = DecisionAction | 'refuse';

export function outcomeOf(action: DecisionAction, wasHeld: boolean): Outcome {
  return action === 'hide' && wasHeld ? 'refuse' : action;
}

/** The same for a recorded decision. */
export function outcomeOfRecord({
  action,
  change,
}: {
  action: DecisionAction;
  change?: Record<string, unknown> | null | undefined;
}): Outcome {
  return outcomeOf(action, change?.from === 'held');
}

/** Returns the role before or after a recorded change. */
export function roleIn(change: Record<string, unknown> | null, which: 'from' | 'to'): Role {
  const role = change?.[which];
  return role === 'moderator' || role === 'administrator' ? role : 'member';
}
