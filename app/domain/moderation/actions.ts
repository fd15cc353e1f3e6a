import type { RuleSlug } from '~/domain/community/vocabularies';
import type { DecisionAction } from '~db/schema/moderation';

export type { DecisionAction };

/** What there is to know about an action besides what it does. */
export interface ActionFacts {
  about: 'post' | 'thread' | 'person' | 'appeal';
  /** It limits somebody or what they wrote: it needs a rule, and they may appeal. */
  limits: boolean;
  /** The rule it rests on when the moderator names none; null where it needs none. */
  rule: RuleSlug | null;
  /** The person it is about is told. */
  tells: boolean;
  /** The matter is settled by it. */
  closes: boolean;
}

const facts = (
  about: ActionFacts['about'],
  { limits = false, rule = null, tells = true, closes = true }: Partial<ActionFacts> = {},
): ActionFacts => ({ about, limits, rule, tells, closes });

/** Every action there is. A new one that is not in here does not compile. */
export const ACTIONS: Record<DecisionAction, ActionFacts> = {
  hide: facts('post', { limits: true }),
  restore: facts('post'),
  hold: facts('post', { limits: true, closes: false }),
  approve: facts('post'),
  dismiss: facts('post', { tells: false }),
  retag: facts('post', { limits: true, rule: 'tidy' }),
  move: facts('post', { limits: true, rule: 'tidy' }),
  duplicate: facts('post', { limits: true, rule: 'duplicate' }),
  unduplicate: facts('post'),
  title: facts('thread', { limits: true, rule: 'tidy' }),
  lock: facts('thread', { limits: true }),
  unlock: facts('thread'),
  pin: facts('thread', { rule: 'tidy', tells: false, closes: false }),
  unpin: facts('thread', { tells: false, closes: false }),
  slow: facts('thread', { rule: 'tidy', tells: false, closes: false }),
  unslow: facts('thread', { tells: false, closes: false }),
  merge: facts('thread', { limits: true, rule: 'tidy' }),
  unmerge: facts('thread'),
  split: facts('post', { limits: true, rule: 'tidy' }),
  unsplit: facts('post'),
  warn: facts('person', { limits: true }),
  withdraw: facts('person'),
  silence: facts('person', { limits: true, closes: false }),
  suspend: facts('person', { limits: true, closes: false }),
  lift: facts('person', { closes: false }),
  'spam-clean': facts('person', { limits: true, rule: 'spam' }),
  'spam-unclean': facts('person'),
  uphold: facts('appeal'),
  reverse: facts('appeal'),
};

/** What a moderator chooses from; the others come about by taking something back or by an appeal. */
export const CHOSEN_ACTIONS = [
  ...(['hide', 'restore', 'approve', 'hold', 'dismiss', 'warn'] as const),
  ...(['spam-clean', 'silence', 'suspend', 'lift'] as const),
  ...(['retag', 'move', 'split', 'duplicate', 'unduplicate'] as const),
  ...(['title', 'lock', 'unlock', 'pin', 'unpin', 'slow', 'unslow', 'merge'] as const),
] satisfies DecisionAction[];

export type ChosenAction = (typeof CHOSEN_ACTIONS)[number];

/** Ready-made words for notes: `moderation.canned.NAME`. */
export const CANNED = ['source', 'tone', 'own', 'private', 'elsewhere'] as const;
export type Canned = (typeof CANNED)[number];
