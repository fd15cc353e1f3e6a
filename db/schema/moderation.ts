import { isNull } from 'drizzle-orm';
import { type Column, index, primaryKey, table, text, uniqueIndex } from '../dialect';
import type { CaseCause } from './case-causes';
import { flagColumn, id, json, moment } from './columns';
import { posts, threads } from './conversation';
import { users } from './people';

export { CASE_CAUSES, type CaseCause } from './case-causes';

/**
 * All that is open about one post, one thread or one person: exactly one of the three is named,
 * and each has at most one open case. Why it is open stands in `case_causes`.
 */
export const cases = table(
  'cases',
  {
    id: id().primaryKey(),
    postId: text('post_id').references(() => posts.id),
    threadId: text('thread_id').references(() => threads.id),
    personId: text('person_id').references(() => users.id),
    openedAt: moment('opened_at').notNull(),
    closedAt: moment('closed_at'),
    /** The moderator who looks at it, until that moment. */
    claimedById: text('claimed_by_id').references(() => users.id, { onDelete: 'set null' }),
    claimedUntil: moment('claimed_until'),
    /** When moderators were mailed that it waits for long. */
    remindedAt: moment('reminded_at'),
  },
  (t) => [
    index('cases_open').on(t.closedAt, t.openedAt),
    index('cases_post').on(t.postId),
    index('cases_thread').on(t.threadId),
    index('cases_person').on(t.personId),
    uniqueIndex('cases_one_open').on(t.postId).where(isNull(t.closedAt)),
    uniqueIndex('cases_one_open_thread').on(t.threadId).where(isNull(t.closedAt)),
    uniqueIndex('cases_one_open_person').on(t.personId).where(isNull(t.closedAt)),
  ],
);

/** Why a case was opened, and what joined it since. */
export const caseCauses = table(
  'case_causes',
  {
    caseId: text('case_id')
      .notNull()
      .references(() => cases.id),
    cause: text('cause').$type<CaseCause>().notNull(),
    /** What exactly: the name of a pattern, the id of a notice or an appeal; '' for nothing. */
    detail: text('detail').notNull().default(''),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.cause, t.detail] }),
    index('case_causes_cause').on(t.cause, t.createdAt),
  ],
);

/** One flag per person and post. */
export const flags = table(
  'flags',
  {
    id: id().primaryKey(),
    caseId: text('case_id')
      .notNull()
      .references(() => cases.id),
    postId: text('post_id')
      .notNull()
      .references(() => posts.id),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    reason: text('reason').notNull(),
    note: text('note'),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [uniqueIndex('flags_once').on(t.postId, t.userId), index('flags_case').on(t.caseId)],
);

/** What can be decided about a post. */
export const POST_ACTIONS = [
  'hide',
  'restore',
  'hold',
  'approve',
  'dismiss',
  'retag',
  'move',
  'duplicate',
  'unduplicate',
] as const;

/** What can be decided about a thread. */
export const THREAD_ACTIONS = [
  'title',
  'lock',
  'unlock',
  'pin',
  'unpin',
  'slow',
  'unslow',
  'merge',
  'unmerge',
  'split',
  'unsplit',
] as const;

/** What can be decided about a person. */
export const PERSON_ACTIONS = [
  'warn',
  'withdraw',
  'silence',
  'suspend',
  'lift',
  'spam-clean',
  'spam-unclean',
] as const;

/** What can become of an appeal. */
export const APPEAL_ACTIONS = ['uphold', 'reverse'] as const;

export type DecisionAction =
  | (typeof POST_ACTIONS)[number]
  | (typeof THREAD_ACTIONS)[number]
  | (typeof PERSON_ACTIONS)[number]
  | (typeof APPEAL_ACTIONS)[number];

/**
 * Decision records: one table feeds the author's notice, the audit trail, the public log and the
 * transparency figures. Append-only: triggers refuse every UPDATE and DELETE.
 */
export const decisions = table(
  'decisions',
  {
    id: id().primaryKey(),
    caseId: text('case_id').references(() => cases.id),
    /** The post it is about or that gave rise to it; of a decision about a thread, none. */
    postId: text('post_id').references(() => posts.id),
    /** The thread it is about, or in which the post stood when it was decided. */
    threadId: text('thread_id').references(() => threads.id),
    /** The person it is about, or whose words these are: who is told, and who may appeal. */
    authorId: text('author_id')
      .notNull()
      .references(() => users.id),
    /** Empty where the machine decided alone. */
    moderatorId: text('moderator_id').references(() => users.id),
    action: text('action').$type<DecisionAction>().notNull(),
    rule: text('rule'),
    /** What the author is told beside the rule; never public. */
    note: text('note'),
    /** What only moderators read. */
    privateNote: text('private_note'),
    /** The machine decided alone. */
    automated: flagColumn('automated').notNull().default(false),
    /** The machine found it: a pattern, a check; a person decided. */
    foundByMachine: flagColumn('found_by_machine').notNull().default(false),
    /** The statement as the author got it, in their language; empty where they were told nothing. */
    told: text('told'),
    /** Until when a silence, a suspension or slow mode lasts. */
    until: moment('until'),
    /** The appeal that it decides. */
    appealId: text('appeal_id').references((): Column => appeals.id),
    /** The decision that it takes back. */
    undoesId: text('undoes_id').references((): Column => decisions.id),
    /** The decision that it carries out, as each hidden post of a spam-clean does. */
    partOfId: text('part_of_id').references((): Column => decisions.id),
    /** What was decided together in the queue. */
    batchId: text('batch_id'),
    /** What it changed, as far as undoing needs it; never public. */
    change: json<Record<string, unknown>>('change'),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    index('decisions_post').on(t.postId),
    index('decisions_thread').on(t.threadId),
    index('decisions_author').on(t.authorId, t.createdAt),
    index('decisions_case').on(t.caseId),
    index('decisions_part').on(t.partOfId),
    index('decisions_created').on(t.createdAt),
    uniqueIndex('decisions_appeal').on(t.appealId),
    uniqueIndex('decisions_undoes').on(t.undoesId),
  ],
);

/** One appeal per decision, by whom it is about. Its outcome is the decision that names it. */
export const appeals = table(
  'appeals',
  {
    id: id().primaryKey(),
    decisionId: text('decision_id')
      .notNull()
      .references((): Column => decisions.id),
    caseId: text('case_id')
      .notNull()
      .references(() => cases.id),
    authorId: text('author_id')
      .notNull()
      .references(() => users.id),
    /** Plain text, for moderators only. */
    body: text('body').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('appeals_decision').on(t.decisionId),
    index('appeals_case').on(t.caseId),
    index('appeals_author').on(t.authorId),
  ],
);
