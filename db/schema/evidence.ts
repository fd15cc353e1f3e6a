import { index, table, text } from '../dialect';
import { id, json, moment } from './columns';
import { posts } from './conversation';
import { users } from './people';

/**
 * Groups of contributions that, according to a moderator, report the same barrier in the same
 * region.
 */
export const barrierGroups = table(
  'barrier_groups',
  {
    id: id().primaryKey(),
    /** UN M49. */
    region: text('region').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [index('barrier_groups_region').on(t.region, t.createdAt)],
);

/** A contribution is in at most one group. */
export const barrierGroupPosts = table(
  'barrier_group_posts',
  {
    postId: text('post_id')
      .primaryKey()
      .references(() => posts.id, { onDelete: 'cascade' }),
    groupId: text('group_id')
      .notNull()
      .references(() => barrierGroups.id, { onDelete: 'cascade' }),
  },
  (t) => [index('barrier_group_posts_group').on(t.groupId)],
);

export type BarrierAct =
  | 'group'
  | 'join'
  | 'undo'
  | 'set-aside'
  | 'propose'
  | 'accept'
  | 'take-back';

/**
 * Log of who grouped or ungrouped contributions and who accepted which suggestion: one row per act;
 * rows are never changed.
 */
export const barrierActs = table(
  'barrier_acts',
  {
    id: id().primaryKey(),
    act: text('act').$type<BarrierAct>().notNull(),
    personId: text('person_id')
      .notNull()
      .references(() => users.id),
    /** The id of the group or post, or the key of the dismissed suggestion. */
    subject: text('subject').notNull(),
    postIds: json<string[]>('post_ids').notNull(),
    /** The barrier kinds and pillars that an `accept` added or a `take-back` removed. */
    kinds: json<string[]>('kinds').notNull(),
    pillars: json<string[]>('pillars').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [index('barrier_acts_subject').on(t.subject, t.createdAt)],
);

/** Group proposals and suggestions that a moderator dismissed, so that they are not shown again. */
export const barrierSetAside = table('barrier_set_aside', {
  /** `group` and the SHA-256 of the post ids, or `kinds` and the post id. */
  key: id('key').primaryKey(),
  postIds: json<string[]>('post_ids').notNull(),
  createdAt: moment('created_at').notNull(),
});
