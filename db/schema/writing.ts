import { index, integer, primaryKey, table, text } from '../dialect';
import { belongsTo, id, json, moment, refersTo } from './columns';
import { posts } from './conversation';
import { users } from './people';

/**
 * Former public versions of a post's text, from the first edit after the edit window. The current
 * version is in `posts`. `hiddenAt`: when a moderator hid a former version.
 */
export const postRevisions = table(
  'post_revisions',
  {
    postId: belongsTo('post_id', () => posts.id),
    /** `posts.revision` at that time; there may be gaps in the numbers. */
    number: integer('number').notNull(),
    body: text('body').notNull(),
    html: text('html').notNull(),
    editorId: refersTo('editor_id', () => users.id),
    reason: text('reason'),
    createdAt: moment('created_at').notNull(),
    hiddenAt: moment('hidden_at'),
    hiddenBy: text('hidden_by').references(() => users.id),
    /** The rule it was hidden under. */
    hiddenRule: text('hidden_rule'),
  },
  (t) => [primaryKey({ columns: [t.postId, t.number] })],
);

/** Words of a translation that say what a quote of its post says. */
export interface PickedWords {
  /** The quote, in UTF-16 offsets into the post's Markdown. */
  start: number;
  end: number;
  /** Plain text in one line. */
  text: string;
}

/**
 * Translations of posts. Rows are only added, except that one can be removed: of each post and
 * language the newest counts that is not removed. Which of them are shown is decided in
 * `app/domain/forum/translations`.
 */
export const postTranslations = table(
  'post_translations',
  {
    id: id().primaryKey(),
    postId: belongsTo('post_id', () => posts.id),
    /** The `posts.revision` that was translated. */
    revision: integer('revision').notNull(),
    /** BCP 47. */
    language: text('language').notNull(),
    /** Markdown, and safe HTML. */
    body: text('body').notNull(),
    html: text('html').notNull(),
    /** What a person picked out of it for the quotes of digests; empty if nothing. */
    picked: json<PickedWords[]>('picked'),
    /** Who translated it; empty for a machine. */
    personId: text('person_id').references(() => users.id),
    /** The name of the program that translated it; empty for a person. */
    machine: text('machine'),
    createdAt: moment('created_at').notNull(),
    removedAt: moment('removed_at'),
    removedById: text('removed_by_id').references(() => users.id),
  },
  (t) => [
    index('post_translations_post').on(t.postId, t.language),
    index('post_translations_person').on(t.personId),
  ],
);

/** The fields of a form by name, as typed. */
export type TypedFields = Record<string, string[]>;

/** Drafts: one per person and place (see `place`). */
export const drafts = table(
  'drafts',
  {
    userId: belongsTo('user_id', () => users.id),
    /**
     * The place where the draft will be posted: `new` for a new thread, `barrier` for a barrier
     * report, a thread's id, or `THREAD/POST` for a reply to a post.
     */
    place: text('place').notNull(),
    fields: json<TypedFields>('fields').notNull(),
    /** Texts that another tab overwrote, newest first. */
    earlier: json<string[]>('earlier').notNull(),
    savedAt: moment('saved_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.place] }), index('drafts_saved').on(t.savedAt)],
);

/**
 * Posts written by people who were not logged in. A post waits until its writer gives an email
 * address and confirms the account. `id` is the SHA-256 of the secret in the URL of the waiting
 * page.
 */
export const waitingPosts = table(
  'waiting_posts',
  {
    id: id().primaryKey(),
    place: text('place').notNull(),
    fields: json<TypedFields>('fields').notNull(),
    /** BCP 47. */
    language: text('language').notNull(),
    /** The unconfirmed account of the writer. */
    userId: text('user_id').references(() => users.id, { onDelete: 'cascade' }),
    createdAt: moment('created_at').notNull(),
    /** When the writer gave an email address: then the waiting page hides the text. */
    takenAt: moment('taken_at'),
  },
  (t) => [index('waiting_posts_user').on(t.userId), index('waiting_posts_age').on(t.createdAt)],
);
