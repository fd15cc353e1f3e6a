import { index, primaryKey, table, text } from '../dialect';
import { flagColumn, id, moment } from './columns';
import { posts, threads } from './conversation';
import { users } from './people';

/**
 * How far a person has read a thread: everything under the contributions up to `through` that
 * was public at `seenAt`. What they then read further down, or again further up, makes a second
 * mark, and a mark that another one covers is removed: one row is the rule, never one a post.
 */
export const readMarks = table(
  'read_marks',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    threadId: text('thread_id')
      .notNull()
      .references(() => threads.id, { onDelete: 'cascade' }),
    /** The last contribution that was read; '' means the whole thread. */
    throughId: id('through_id').notNull(),
    /** When that contribution was written: with its id, its place in the thread. */
    through: moment('through').notNull(),
    seenAt: moment('seen_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.threadId, t.throughId] })],
);

/** Threads of which a person wants to hear more, or nothing. */
export const threadWatches = table(
  'thread_watches',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    threadId: text('thread_id')
      .notNull()
      .references(() => threads.id, { onDelete: 'cascade' }),
    state: text('state').$type<'watching' | 'muted'>().notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.threadId] }),
    index('thread_watches_thread').on(t.threadId, t.state),
  ],
);

/** Pillars (by slug) and regions (by M49 code) of whose new threads a person is told. */
export const follows = table(
  'follows',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
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
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    postId: text('post_id')
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.postId] }),
    index('bookmarks_newest').on(t.userId, t.createdAt),
  ],
);

/** What a person has chosen about reading and being told; no row means the defaults. */
export const readingChoices = table('reading_choices', {
  userId: text('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** Everything that was public at this moment counts as read. */
  allReadAt: moment('all_read_at'),
  /** Whether a thread is watched once its reader has written in it. */
  watchOwn: flagColumn('watch_own').notNull().default(true),
  /** When mentions and replies are mailed. */
  mail: text('mail').$type<'now' | 'daily' | 'none'>().notNull().default('daily'),
});

/**
 * Addresses that asked not to be written to, by the SHA-256 of the folded address: no row here
 * refers to anything else, so that it outlives accounts and subscriptions.
 */
export const suppressions = table(
  'suppressions',
  {
    addressHash: text('address_hash').notNull(),
    /**
     * Which mails: those about answers, digests, or requests to confirm a subscription. Letters
     * about an account are always sent.
     */
    kind: text('kind').$type<'notice' | 'digest' | 'request'>().notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.addressHash, t.kind] })],
);
