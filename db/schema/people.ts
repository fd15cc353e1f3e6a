import { index, table, text, uniqueIndex } from '../dialect';
import { flagColumn, id, moment } from './columns';

export type Role = 'member' | 'moderator' | 'administrator';

/**
 * People. `email` is empty for imported authors, who cannot log in until they claim the
 * account; `handleKey` and `emailKey` are the folded forms in which both are unique.
 */
export const users = table(
  'users',
  {
    id: id().primaryKey(),
    handle: text('handle').notNull(),
    handleKey: text('handle_key').notNull(),
    /** What the handle looks like (UTS #39); empty until background work has looked. */
    handleSkeleton: text('handle_skeleton'),
    name: text('name'),
    email: text('email'),
    emailKey: text('email_key'),
    passwordHash: text('password_hash'),
    role: text('role').$type<Role>().notNull().default('member'),
    country: text('country'),
    language: text('language'),
    /** An IANA name; empty for UTC. */
    timeZone: text('time_zone'),
    /** Empty for what the system of the reader says. */
    theme: text('theme').$type<'light' | 'dark'>(),
    /** Others see the region of the country and not the country. */
    regionOnly: flagColumn('region_only').notNull().default(false),
    bio: text('bio'),
    createdAt: moment('created_at').notNull(),
    confirmedAt: moment('confirmed_at'),
    suspendedUntil: moment('suspended_until'),
    /** Until then they read, flag and appeal, but do not write. */
    silencedUntil: moment('silenced_until'),
    importedAt: moment('imported_at'),
    /** From when the powers of the role need a second factor; empty where they never do. */
    secondFactorFrom: moment('second_factor_from'),
    /** The person has left: what is kept in this row names nobody. */
    erasedAt: moment('erased_at'),
  },
  (t) => [
    uniqueIndex('users_handle_key').on(t.handleKey),
    index('users_handle_skeleton').on(t.handleSkeleton),
    uniqueIndex('users_email_key').on(t.emailKey),
  ],
);

/** Sessions; `id` is the SHA-256 of what the cookie carries. */
export const sessions = table(
  'sessions',
  {
    id: id().primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    /** When the person last proved, in this session, to be who they are. */
    provenAt: moment('proven_at').notNull().default(0),
    /** When they gave a second factor in it. */
    secondFactorAt: moment('second_factor_at'),
    /** Family and system of the browser, such as `firefox/android`. */
    browser: text('browser'),
  },
  (t) => [index('sessions_user').on(t.userId), index('sessions_expires').on(t.expiresAt)],
);

/** Single-use links sent by mail; `id` is the SHA-256 of the token in the link. */
export const mailTokens = table(
  'mail_tokens',
  {
    id: id().primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    purpose: text('purpose').$type<'confirm' | 'reset' | 'login'>().notNull(),
    /** The path of this site that the person was on the way to. */
    redirectTo: text('redirect_to'),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    usedAt: moment('used_at'),
  },
  (t) => [index('mail_tokens_user').on(t.userId)],
);

/** What a person is told inside Causeway; `kind` chooses the sentence, `data` fills it. */
export const notifications = table(
  'notifications',
  {
    id: id().primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text('kind').notNull(),
    postId: text('post_id'),
    decisionId: text('decision_id'),
    createdAt: moment('created_at').notNull(),
    readAt: moment('read_at'),
    /** The mail that tells of it too, written when that is queued. */
    mailId: text('mail_id'),
  },
  (t) => [
    index('notifications_user').on(t.userId, t.createdAt),
    index('notifications_to_mail').on(t.mailId, t.kind, t.createdAt),
    index('notifications_post').on(t.postId),
  ],
);
