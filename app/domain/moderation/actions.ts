import type { RuleSlug } from '~/domain/community/vocabularies';
import type { DecisionAction } from '~db/schema/moderation';

export type { DecisionAction };

/** Facts about an action, apart from its effect. */
export interface ActionFacts {
  about: 'post' | 'thread' | 'person' | 'appeal';
  /** True if it restricts a person or their posts: it then needs a rule, and can be appealed. */
  limits: boolean;
  /** The default rule if the moderator names none; null if it needs no rule. */
  rule: RuleSlug | null;
  /** True if the person concerned is notified. */
  tells: boolean;
  /** True if it closes the case. */
  closes: boolean;
  /** The fields that only some actions need. */
  details: readonly DetailField[];
}

/** `to`: a link to a thread or post; `labels`: pillars, kinds of barrier and place. */
export type DetailField = 'days' | 'minutes' | 'to' | 'title' | 'labels';

const facts = (
  about: ActionFacts['about'],
  {
    limits = false,
    rule = null,
    tells = true,
    closes = true,
    details = [],
  }: Partial<ActionFacts> = {},
): ActionFacts => ({ about, limits, rule, tells, closes, details });

/** The facts of every action. A new action does not compile until it is added here. */
export const ACTIONS: Record<DecisionAction, ActionFacts> = {
  hide: facts('post', { limits: true }),
  restore: facts('post'),
  hold: facts('post', { limits: true, closes: false }),
  approve: facts('post'),
  dismiss: facts('post', { tells: false }),
  reopen: facts('post', { tells: false, closes: false }),
  retag: facts('post', { limits: true, rule: 'tidy', details: ['labels'] }),
  move: facts('post', { limits: true, rule: 'tidy', details: ['to'] }),
  duplicate: facts('post', { limits: true, rule: 'duplicate', details: ['to'] }),
  unduplicate: facts('post'),
  // Made on the list of a post's translations: see `decisions/remove-translation.ts`.
  untranslate: facts('post', { limits: true, closes: false }),
  retranslate: facts('post', { closes: false }),
  title: facts('thread', { limits: true, rule: 'tidy', details: ['title'] }),
  lock: facts('thread', { limits: true }),
  unlock: facts('thread'),
  pin: facts('thread', { rule: 'tidy', tells: false, closes: false }),
  unpin: facts('thread', { tells: false, closes: false }),
  slow: facts('thread', {
    rule: 'tidy',
    tells: false,
    closes: false,
    details: ['minutes', 'days'],
  }),
  unslow: facts('thread', { tells: false, closes: false }),
  merge: facts('thread', { limits: true, rule: 'tidy', details: ['to'] }),
  unmerge: facts('thread'),
  split: facts('post', { limits: true, rule: 'tidy', details: ['title'] }),
  unsplit: facts('post'),
  warn: facts('person', { limits: true }),
  withdraw: facts('person'),
  silence: facts('person', { limits: true, closes: false, details: ['days'] }),
  suspend: facts('person', { limits: true, closes: false, details: ['days'] }),
  lift: facts('person', { closes: false }),
  'spam-clean': facts('person', { limits: true, rule: 'spam', details: ['days'] }),
  'spam-unclean': facts('person'),
  // Made by administrators on their pages: see `decisions/change-role.ts`.
  role: facts('person', { closes: false }),
  uphold: facts('appeal'),
  reverse: facts('appeal'),
};

/** The actions that a moderator can choose; the others result from a reversal or an appeal. */
export const CHOSEN_ACTIONS = [
  ...(['hide', 'restore', 'approve', 'hold', 'dismiss', 'warn'] as const),
  ...(['spam-clean', 'silence', 'suspend', 'lift'] as const),
  ...(['retag', 'move', 'split', 'duplicate', 'unduplicate'] as const),
  ...(['title', 'lock', 'unlock', 'pin', 'unpin', 'slow', 'unslow', 'merge'] as const),
] satisfies DecisionAction[];

export type ChosenAction = (typeof CHOSEN_ACTIONS)[number];

/** Maximum length of a moderator's note to the author, in characters. */
export const DECISION_NOTE_LENGTH = 1000;
