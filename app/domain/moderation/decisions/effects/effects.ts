import type { ChosenAction, DecisionAction } from '~/domain/moderation/actions';
import type { ActionEffect } from './effect';
import * as moves from './move-posts';
import * as people from './people';
import { notShownBefore, stateBefore, toState } from './post-state';
import { retag, untag } from './retag';
import * as threads from './threads';
import { putTranslationBack } from './translations';

/** The effect of each action, applied in the transaction that records the decision. */
export const EFFECTS: Record<ChosenAction, ActionEffect> = {
  hide: toState('hidden', stateBefore),
  restore: toState('visible', notShownBefore),
  approve: toState('visible', () => 'held'),
  hold: toState('held', stateBefore),
  dismiss: { apply: people.nothing, undo: people.reopen },
  warn: { apply: people.nothing, undo: people.withdraw },
  silence: { apply: people.silence, undo: people.limitBack('silencedUntil') },
  suspend: { apply: people.suspend, undo: people.limitBack('suspendedUntil') },
  lift: { apply: people.lift, undo: people.unlift },
  'spam-clean': { apply: people.spamClean, undo: people.spamUnclean },
  retag: { apply: retag, undo: untag },
  move: { apply: moves.movePost, undo: moves.moveBack },
  split: { apply: moves.splitThread, undo: moves.unsplit },
  duplicate: { apply: moves.markDuplicate, undo: moves.unduplicate },
  unduplicate: { apply: moves.unmarkDuplicate, undo: moves.markAgain },
  title: { apply: threads.retitle, undo: threads.retitleBack },
  lock: threads.setThreadState('locked', { state: 'open', action: 'unlock' }),
  unlock: threads.setThreadState('open', { state: 'locked', action: 'lock' }),
  pin: { apply: threads.pin, undo: threads.pinBack },
  unpin: { apply: threads.unpin, undo: threads.pinAgain },
  slow: { apply: threads.slow, undo: threads.slowBack },
  unslow: { apply: threads.unslow, undo: threads.slowAgain },
  merge: { apply: moves.mergeThread, undo: moves.unmerge },
};

/** How decisions are undone that moderators make elsewhere than in a case. */
const MADE_ELSEWHERE = { untranslate: { undo: putTranslationBack } };

/** Returns an action's effect; null for actions that only result from an appeal or reversal. */
export function effectOf(action: DecisionAction): Pick<ActionEffect, 'undo'> | null {
  const all: Partial<Record<DecisionAction, Pick<ActionEffect, 'undo'>>> = {
    ...EFFECTS,
    ...MADE_ELSEWHERE,
  };
  return all[action] ?? null;
}
