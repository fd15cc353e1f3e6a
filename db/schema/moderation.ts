import { isNull } from 'drizzle-orm';
import { index, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { flagColumn, id, moment } from './columns';
import { posts } from './conversation';
import { users } from './people';

/** All open matters about one post: its flags, its being held. One open case a post. */
export const cases = sqliteTable(
  'cases',
  {
    id: id().primaryKey(),
    postId: text('post_id')
      .notNull()
      .references(() => posts.id),
    cause: text('cause').$type<'flag' | 'held'>().notNull(),
    openedAt: moment('opened_at').notNull(),
    closedAt: moment('closed_at'),
  },
  (t) => [
    index('cases_open').on(t.closedAt, t.openedAt),
    index('cases_post').on(t.postId),
    uniqueIndex('cases_one_open').on(t.postId).where(isNull(t.closedAt)),
  ],
);

/** One flag per person and post. */
export const flags = sqliteTable(
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

export type DecisionAction = 'hide' | 'restore' | 'approve' | 'dismiss';

/**
 * Decision records: one table feeds the author's notice, the audit trail and the public log.
 * Append-only: triggers refuse every UPDATE and DELETE.
 */
export const decisions = sqliteTable(
  'decisions',
  {
    id: id().primaryKey(),
    caseId: text('case_id').references(() => cases.id),
    postId: text('post_id')
      .notNull()
      .references(() => posts.id),
    authorId: text('author_id')
      .notNull()
      .references(() => users.id),
    moderatorId: text('moderator_id')
      .notNull()
      .references(() => users.id),
    action: text('action').$type<DecisionAction>().notNull(),
    rule: text('rule'),
    /** What the author is told beside the rule; never public. */
    note: text('note'),
    automated: flagColumn('automated').notNull().default(false),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [index('decisions_post').on(t.postId), index('decisions_created').on(t.createdAt)],
);
