import { index, primaryKey, table, text } from '../dialect';
import { belongsTo, flagColumn, id, moment } from './columns';
import { posts, threads } from './conversation';
import { users } from './people';

/**
 * Reading positions of a person in a thread: everything under the contributions up to `through`
 * that was public at `seenAt` has been read. If the person then reads further down, or again
 * further up, a second row is added, and a row covered by another one is removed. Usually there is
 * one row per thread, never one per post.
 */
export const readMarks = table(
  'read_marks',
  {
    userId: belongsTo('user_id', () => users.id),
    threadId: belongsTo('thread_id', () => threads.id),
    /** The last contribution that was read; '' for the whole thread. */
    throughId: id('through_id').notNull(),
    /** When that contribution was written; with its id, the position in the thread. */
    through: moment('through').notNull(),
    seenAt: moment('seen_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.threadId, t.throughId] })],
);

/** Threads that a person watches or mutes. */
export const threadWatches = table(
  'thread_watches',
  {
    userId: belongsTo('user_id', () => users.id),
    threadId: belongsTo('thread_id', () => threads.id),
    state: text('state').$type<'watching' | 'muted'>().notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.threadId] }),
    index('thread_watches_thread').on(t.threadId, t.state),
  ],
);

/** Pillars (slug) and regions (M49) that a person follows: they hear of new threads there. */
export const follows = table(
  'follows',
  {
    userId: belongsTo('user_id', () => users.id),
    kind: text('kind').$type<'pillar' | 'region'>().notNull(),
    code: text('code').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.kind, t.code] }),
    index('follows_code').on(t.kind, t.code),
  ],
);

export const bookmarks = table(
  'bookmarks',
  {
    userId: belongsTo('user_id', () => users.id),
    postId: belongsTo('post_id', () => posts.id),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.postId] }),
    index('bookmarks_newest').on(t.userId, t.createdAt),
  ],
);

/** Reading and notification settings of a person; no row means the defaults. */
export const readingChoices = table('reading_choices', {
  userId: text('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** Everything that was public at this time counts as read. */
  allReadAt: moment('all_read_at'),
  /** True to watch a thread automatically after posting in it. */
  watchOwn: flagColumn('watch_own').notNull().default(true),
  /** Setting for emails about mentions and replies. */
  mail: text('mail').$type<'now' | 'daily' | 'none'>().notNull().default('daily'),
});

/**
 * Email addresses that asked not to be emailed, as the SHA-256 of the normalised address. The row
 * refers to no other row, so it outlives accounts and subscriptions.
 */
export const suppressions = table(
  'suppressions',
  {
    addressHash: text('address_hash').notNull(),
    /** What is suppressed; emails about the account itself are always sent. */
    kind: text('kind').$type<'notice' | 'digest' | 'request'>().notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.addressHash, t.kind] })],
);
