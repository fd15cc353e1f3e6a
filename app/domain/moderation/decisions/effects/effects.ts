import type { ChosenAction } from '~/domain/moderation/actions';
import type { Effect, EffectArgs } from './effect';
import { markDuplicate, mergeThread, movePost, splitThread, unmarkDuplicate } from './move-posts';
import { lift, nothing, silence, spamClean, suspend } from './people';
import { toState } from './post-state';
import { retag } from './retag';
import { pin, retitle, setThreadState, slow, unpin, unslow } from './threads';

/** What each action does, in the transaction of its record. */
export const EFFECTS: Record<ChosenAction, (args: EffectArgs) => Promise<Effect>> = {
  hide: toState('hidden'),
  restore: toState('visible'),
  approve: toState('visible'),
  hold: toState('held'),
  dismiss: nothing,
  warn: nothing,
  silence,
  suspend,
  lift,
  'spam-clean': spamClean,
  retag,
  move: movePost,
  split: splitThread,
  duplicate: markDuplicate,
  unduplicate: unmarkDuplicate,
  title: retitle,
  lock: setThreadState('locked'),
  unlock: setThreadState('open'),
  pin,
  unpin,
  slow,
  unslow,
  merge: mergeThread,
};
