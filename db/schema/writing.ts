import { index, integer, primaryKey, table, text } from '../dialect';
import { id, json, moment } from './columns';
import { posts } from './conversation';
import { users } from './people';

/**
 * The texts that a post has had in public, from its first change after the grace period on. The
 * newest is the one in `posts`. `hiddenAt`: a moderator withholds a text that was edited away.
 */
export const postRevisions = table(
  'post_revisions',
  {
    postId: text('post_id')
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    /** `posts.revision` at that time; the numbers may have gaps. */
    number: integer('number').notNull(),
    body: text('body').notNull(),
    html: text('html').notNull(),
    editorId: text('editor_id')
      .notNull()
      .references(() => users.id),
    reason: text('reason'),
    createdAt: moment('created_at').notNull(),
    hiddenAt: moment('hidden_at'),
    hiddenBy: text('hidden_by').references(() => users.id),
    /** The rule for which it is withheld. */
    hiddenRule: text('hidden_rule'),
  },
  (t) => [primaryKey({ columns: [t.postId, t.number] })],
);

/** The fields of a form, by name, as they were typed. */
export type TypedFields = Record<string, string[]>;

/** Texts that are not posted yet, one for each person and place of writing. */
export const drafts = table(
  'drafts',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** `new`, a thread's id, or `THREAD/POST` for an answer to a post. */
    place: text('place').notNull(),
    fields: json<TypedFields>('fields').notNull(),
    /** Texts that another tab wrote over, newest first. */
    earlier: json<string[]>('earlier').notNull(),
    savedAt: moment('saved_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.place] }), index('drafts_saved').on(t.savedAt)],
);

/**
 * What was written before there was an account: it waits for its writer to say who they are, and
 * then for that account to be confirmed. `id` is the SHA-256 of the secret in the page's address.
 */
export const waitingPosts = table(
  'waiting_posts',
  {
    id: id().primaryKey(),
    place: text('place').notNull(),
    fields: json<TypedFields>('fields').notNull(),
    /** BCP 47. */
    language: text('language').notNull(),
    /** The new account that it waits for. */
    userId: text('user_id').references(() => users.id, { onDelete: 'cascade' }),
    createdAt: moment('created_at').notNull(),
    /** When its writer gave an address; afterwards its page shows nothing of it. */
    takenAt: moment('taken_at'),
  },
  (t) => [index('waiting_posts_user').on(t.userId), index('waiting_posts_age').on(t.createdAt)],
);
