import type { DecisionAction } from '~db/schema/moderation';

/** What happened, as the author is told it: a held post that is hidden was never published. */
export type Outcome = DecisionAction | 'refuse';

export function outcomeOf(action: DecisionAction, wasHeld: boolean): Outcome {
  return action === 'hide' && wasHeld ? 'refuse' : action;
}

/** The same of a decision that is recorded. */
export function outcomeOfRecord({
  action,
  change,
}: {
  action: DecisionAction;
  change?: Record<string, unknown> | null | undefined;
}): Outcome {
  return outcomeOf(action, change?.from === 'held');
}
