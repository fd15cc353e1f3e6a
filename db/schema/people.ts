import { index, table, text, uniqueIndex } from '../dialect';
import { belongsTo, flagColumn, id, json, moment } from './columns';

export type Role = 'member' | 'moderator' | 'administrator';

/**
 * Users. `email` is empty for imported authors, who cannot log in until they claim the account.
 * `handleKey` and `emailKey` are the normalised forms that must be unique. `mailboxKey` is the mailbox that
 * the email address leads to; empty until a job has computed it. Accounts of before it was kept may share one.
 */
export const users = table(
  'users',
  {
    id: id().primaryKey(),
    handle: text('handle').notNull(),
    handleKey: text('handle_key').notNull(),
    /** What the handle looks like (UTS #39); empty until a job has computed it. */
    handleSkeleton: text('handle_skeleton'),
    /**
     * What handle and name look like (`lookOf`), so that nobody gets one that looks the same; empty
     * until a background job has computed them.
     */
    handleLook: text('handle_look'),
    name: text('name'),
    nameLook: text('name_look'),
    email: text('email'),
    emailKey: text('email_key'),
    mailboxKey: text('mailbox_key'),
    passwordHash: text('password_hash'),
    role: text('role').$type<Role>().notNull().default('member'),
    country: text('country'),
    language: text('language'),
    /** The languages that the person reads, BCP 47; empty if they have not said. */
    reads: json<string[]>('reads'),
    /** An IANA time zone; empty for UTC. */
    timeZone: text('time_zone'),
    /** Empty to follow the browser's setting. */
    theme: text('theme').$type<'light' | 'dark'>(),
    /** True to show others only the region and not the country. */
    regionOnly: flagColumn('region_only').notNull().default(false),
    bio: text('bio'),
    createdAt: moment('created_at').notNull(),
    confirmedAt: moment('confirmed_at'),
    suspendedUntil: moment('suspended_until'),
    /** Until then the person can read, flag and appeal, but not post. */
    silencedUntil: moment('silenced_until'),
    importedAt: moment('imported_at'),
    /** From when the role's permissions need a second factor; empty if never. */
    secondFactorFrom: moment('second_factor_from'),
    /** Set when the account was deleted: the row then holds no personal data. */
    erasedAt: moment('erased_at'),
  },
  (t) => [
    uniqueIndex('users_handle_key').on(t.handleKey),
    index('users_handle_skeleton').on(t.handleSkeleton),
    index('users_handle_look').on(t.handleLook),
    index('users_name_look').on(t.nameLook),
    uniqueIndex('users_email_key').on(t.emailKey),
    index('users_mailbox_key').on(t.mailboxKey),
  ],
);

/** Sessions; `id` is the SHA-256 of the token in the cookie. */
export const sessions = table(
  'sessions',
  {
    id: id().primaryKey(),
    userId: belongsTo('user_id', () => users.id),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    /** Time of the last authentication in this session. */
    provenAt: moment('proven_at').notNull().default(0),
    /** Time at which a second factor was last given in this session. */
    secondFactorAt: moment('second_factor_at'),
    /** Browser and operating system, such as `firefox/android`. */
    browser: text('browser'),
  },
  (t) => [index('sessions_user').on(t.userId), index('sessions_expires').on(t.expiresAt)],
);

/** Single-use links sent by email; `id` is the SHA-256 of the token in the link. */
export const mailTokens = table(
  'mail_tokens',
  {
    id: id().primaryKey(),
    userId: belongsTo('user_id', () => users.id),
    purpose: text('purpose').$type<'confirm' | 'reset' | 'login'>().notNull(),
    /** The path on this site to redirect to after login. */
    redirectTo: text('redirect_to'),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    usedAt: moment('used_at'),
  },
  (t) => [index('mail_tokens_user').on(t.userId)],
);

/** In-app notifications; `kind` chooses the message, `data` fills it. */
export const notifications = table(
  'notifications',
  {
    id: id().primaryKey(),
    userId: belongsTo('user_id', () => users.id),
    kind: text('kind').notNull(),
    postId: text('post_id'),
    decisionId: text('decision_id'),
    createdAt: moment('created_at').notNull(),
    readAt: moment('read_at'),
    /** The email with the same notification; set when that email is queued. */
    mailId: text('mail_id'),
  },
  (t) => [
    index('notifications_user').on(t.userId, t.createdAt),
    index('notifications_to_mail').on(t.mailId, t.kind, t.createdAt),
    index('notifications_post').on(t.postId),
  ],
);
