import type { ChosenAction, DecisionAction } from '~/domain/moderation/actions';
import type { ActionEffect } from './effect';
import {
  markAgain,
  markDuplicate,
  mergeThread,
  moveBack,
  movePost,
  splitThread,
  unduplicate,
  unmarkDuplicate,
  unmerge,
  unsplit,
} from './move-posts';
import {
  lift,
  limitBack,
  nothing,
  reopen,
  silence,
  spamClean,
  spamUnclean,
  suspend,
  unlift,
  withdraw,
} from './people';
import { stateBefore, toState } from './post-state';
import { retag, untag } from './retag';
import {
  pin,
  pinAgain,
  pinBack,
  retitle,
  retitleBack,
  setThreadState,
  slow,
  slowAgain,
  slowBack,
  unpin,
  unslow,
} from './threads';

/** The effect of each action, applied in the transaction that records the decision. */
export const EFFECTS: Record<ChosenAction, ActionEffect> = {
  hide: toState('hidden', stateBefore),
  restore: toState('visible', () => 'hidden'),
  approve: toState('visible', () => 'held'),
  hold: toState('held', stateBefore),
  dismiss: { apply: nothing, undo: reopen },
  warn: { apply: nothing, undo: withdraw },
  silence: { apply: silence, undo: limitBack('silencedUntil') },
  suspend: { apply: suspend, undo: limitBack('suspendedUntil') },
  lift: { apply: lift, undo: unlift },
  'spam-clean': { apply: spamClean, undo: spamUnclean },
  retag: { apply: retag, undo: untag },
  move: { apply: movePost, undo: moveBack },
  split: { apply: splitThread, undo: unsplit },
  duplicate: { apply: markDuplicate, undo: unduplicate },
  unduplicate: { apply: unmarkDuplicate, undo: markAgain },
  title: { apply: retitle, undo: retitleBack },
  lock: setThreadState('locked', { state: 'open', action: 'unlock' }),
  unlock: setThreadState('open', { state: 'locked', action: 'lock' }),
  pin: { apply: pin, undo: pinBack },
  unpin: { apply: unpin, undo: pinAgain },
  slow: { apply: slow, undo: slowBack },
  unslow: { apply: unslow, undo: slowAgain },
  merge: { apply: mergeThread, undo: unmerge },
};

/** Returns an action's effect; null for actions that only result from an appeal or reversal. */
export function effectOf(action: DecisionAction): ActionEffect | null {
  return (EFFECTS as Partial<Record<DecisionAction, ActionEffect>>)[action] ?? null;
}
