import { isNull } from 'drizzle-orm';
import { type Column, index, primaryKey, table, text, uniqueIndex } from '../dialect';
import type { CaseCause } from './case-causes';
import { flagColumn, id, json, moment, refersTo } from './columns';
import { posts, threads } from './conversation';
import { users } from './people';

export { CASE_CAUSES, type CaseCause } from './case-causes';

/** Cases: each about one post, thread or person, which has at most one open. See `case_causes`. */
export const cases = table(
  'cases',
  {
    id: id().primaryKey(),
    postId: text('post_id').references(() => posts.id),
    threadId: text('thread_id').references(() => threads.id),
    personId: text('person_id').references(() => users.id),
    openedAt: moment('opened_at').notNull(),
    closedAt: moment('closed_at'),
    /** The moderator who is working on the case, and until when the claim lasts. */
    claimedById: text('claimed_by_id').references(() => users.id, { onDelete: 'set null' }),
    claimedUntil: moment('claimed_until'),
    /** Time of the email to moderators that the case has been waiting too long. */
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

/** Why a case was opened, and further causes that were added later. */
export const caseCauses = table(
  'case_causes',
  {
    caseId: refersTo('case_id', () => cases.id),
    cause: text('cause').$type<CaseCause>().notNull(),
    /** The name of the pattern, or the id of the notice or appeal; '' if there is none. */
    detail: text('detail').notNull().default(''),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.cause, t.detail] }),
    index('case_causes_cause').on(t.cause, t.createdAt),
  ],
);

/** Flags: at most one per person and post, and one per person and translation. */
export const flags = table(
  'flags',
  {
    id: id().primaryKey(),
    caseId: refersTo('case_id', () => cases.id),
    postId: refersTo('post_id', () => posts.id),
    userId: refersTo('user_id', () => users.id),
    /** The translation of the post that is flagged; '' if it is the post itself. */
    translationId: text('translation_id').notNull().default(''),
    reason: text('reason').notNull(),
    note: text('note'),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('flags_once').on(t.postId, t.userId, t.translationId),
    index('flags_case').on(t.caseId),
  ],
);

/** Decisions that can be made about a post. */
const POST_ACTIONS = [
  'hide',
  'restore',
  'hold',
  'approve',
  'dismiss',
  'reopen',
  'retag',
  'move',
  'duplicate',
  'unduplicate',
  'untranslate',
  'retranslate',
] as const;

/** Decisions that can be made about a thread. */
const THREAD_ACTIONS = [
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

/** Decisions that can be made about a person. */
const PERSON_ACTIONS = [
  'warn',
  'withdraw',
  'silence',
  'suspend',
  'lift',
  'spam-clean',
  'spam-unclean',
  'role',
] as const;

/** Possible decisions on an appeal. */
const APPEAL_ACTIONS = ['uphold', 'reverse'] as const;

export type DecisionAction =
  | (typeof POST_ACTIONS)[number]
  | (typeof THREAD_ACTIONS)[number]
  | (typeof PERSON_ACTIONS)[number]
  | (typeof APPEAL_ACTIONS)[number];

/**
 * Decision records: one table for the author's notice, the audit trail, the public log and the
 * transparency figures. Append-only: triggers refuse every UPDATE and DELETE.
 */
export const decisions = table(
  'decisions',
  {
    id: id().primaryKey(),
    caseId: text('case_id').references(() => cases.id),
    /** The post that was decided about or led to the decision; empty for a thread. */
    postId: text('post_id').references(() => posts.id),
    /** The thread that was decided about, or the post's thread at that time. */
    threadId: text('thread_id').references(() => threads.id),
    /** Who was decided about, or the post's author: gets the statement, may appeal. */
    authorId: refersTo('author_id', () => users.id),
    /** Empty for a fully automated decision. */
    moderatorId: text('moderator_id').references(() => users.id),
    action: text('action').$type<DecisionAction>().notNull(),
    rule: text('rule'),
    /** Note to the author, shown with the rule; public only for a change of role. */
    note: text('note'),
    /** Note for moderators only. */
    privateNote: text('private_note'),
    /** True if the decision was fully automated. */
    automated: flagColumn('automated').notNull().default(false),
    /** True if a pattern or check found the content and a person decided. */
    foundByMachine: flagColumn('found_by_machine').notNull().default(false),
    /** The statement as sent to the author, in their language; empty if none was. */
    told: text('told'),
    /** End of a silence, a suspension or slow mode. */
    until: moment('until'),
    /** The appeal that this decision answers. */
    appealId: text('appeal_id').references((): Column => appeals.id),
    /** The decision that this one reverses. */
    undoesId: text('undoes_id').references((): Column => decisions.id),
    /** The decision that this one is part of: for example each hidden post of a spam-clean. */
    partOfId: text('part_of_id').references((): Column => decisions.id),
    /** Shared by decisions that were made together in the queue. */
    batchId: text('batch_id'),
    /** The data needed to undo the decision; never public. */
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

/** Appeals: one per decision, by the person it is about; `appealId` names the outcome. */
export const appeals = table(
  'appeals',
  {
    id: id().primaryKey(),
    decisionId: refersTo('decision_id', () => decisions.id),
    caseId: refersTo('case_id', () => cases.id),
    authorId: refersTo('author_id', () => users.id),
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
