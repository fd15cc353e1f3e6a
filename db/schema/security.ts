import { index, integer, table, text, uniqueIndex } from '../dialect';
import { belongsTo, flagColumn, id, json, moment } from './columns';
import { users } from './people';

/** The kind of unfinished authentication attempt. */
export type AttemptPurpose = 'code' | 'second-factor' | 'passkey' | 'new-passkey';

/** Unfinished login attempts; `id` is the SHA-256 of a token in the browser's cookie. */
export const attempts = table(
  'attempts',
  {
    id: id().primaryKey(),
    purpose: text('purpose').$type<AttemptPurpose>().notNull(),
    /** Empty if no account has the given email address: the steps look the same in both cases. */
    userId: text('user_id').references(() => users.id, { onDelete: 'cascade' }),
    /** SHA-256 of cookie token and emailed code: the row does not give the code away. */
    codeHash: text('code_hash'),
    /** WebAuthn options that the browser was asked to sign. */
    options: json<Record<string, unknown>>('options'),
    /** The path on this site to redirect to after login. */
    redirectTo: text('redirect_to'),
    tries: integer('tries').notNull().default(0),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (t) => [index('attempts_user').on(t.userId), index('attempts_expires').on(t.expiresAt)],
);

/** Authenticator apps (TOTP, RFC 6238); unconfirmed until `confirmedAt` is set. */
export const authenticators = table('authenticators', {
  userId: text('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** Base32. */
  secret: text('secret').notNull(),
  /** The newest 30-second step whose code was used, so that no code works twice. */
  lastStep: integer('last_step').notNull().default(0),
  createdAt: moment('created_at').notNull(),
  confirmedAt: moment('confirmed_at'),
});

/** One-time recovery codes; `id` is the SHA-256 of person and code. */
export const recoveryCodes = table(
  'recovery_codes',
  {
    id: id().primaryKey(),
    userId: belongsTo('user_id', () => users.id),
    createdAt: moment('created_at').notNull(),
    usedAt: moment('used_at'),
  },
  (t) => [index('recovery_codes_user').on(t.userId)],
);

/** Public keys of passkeys (WebAuthn); `id` is the credential id, base64url. */
export const passkeys = table(
  'passkeys',
  {
    id: id().primaryKey(),
    userId: belongsTo('user_id', () => users.id),
    name: text('name').notNull(),
    /** COSE, base64url. */
    publicKey: text('public_key').notNull(),
    counter: integer('counter').notNull(),
    transports: json<string[]>('transports').notNull(),
    /** True if a service syncs the passkey to the person's other devices. */
    synced: flagColumn('synced').notNull(),
    createdAt: moment('created_at').notNull(),
    usedAt: moment('used_at'),
  },
  (t) => [index('passkeys_user').on(t.userId)],
);

/**
 * Changes of email address. Until `undoUntil` the old address can undo the change and nobody else
 * can register it. `id` and `undoId` are the SHA-256 of the tokens in the two emails.
 */
export const addressChanges = table(
  'address_changes',
  {
    id: id().primaryKey(),
    undoId: text('undo_id').notNull(),
    userId: belongsTo('user_id', () => users.id),
    oldEmail: text('old_email').notNull(),
    oldKey: text('old_key').notNull(),
    /** Empty if another account has the new address; the old address is emailed in either case. */
    newEmail: text('new_email'),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    undoUntil: moment('undo_until').notNull(),
    confirmedAt: moment('confirmed_at'),
    undoneAt: moment('undone_at'),
  },
  (t) => [
    uniqueIndex('address_changes_undo').on(t.undoId),
    index('address_changes_user').on(t.userId),
    index('address_changes_old').on(t.oldKey),
  ],
);
