import { index, integer, table, text, uniqueIndex } from '../dialect';
import { flagColumn, id, json, moment } from './columns';
import { users } from './people';

/** What a browser has begun to prove and not yet proven. */
export type AttemptPurpose = 'code' | 'second-factor' | 'passkey' | 'new-passkey';

/**
 * Steps between asking to be let in and being let in; `id` is the SHA-256 of a token that only
 * the cookie of the browser that began it carries.
 */
export const attempts = table(
  'attempts',
  {
    id: id().primaryKey(),
    purpose: text('purpose').$type<AttemptPurpose>().notNull(),
    /** Empty when nobody has the address that was given: the steps are the same for all. */
    userId: text('user_id').references(() => users.id, { onDelete: 'cascade' }),
    /** SHA-256 of the cookie's token and the mailed code, so that the row alone gives no code. */
    codeHash: text('code_hash'),
    /** What the browser is asked to sign, as its API takes it. */
    options: json<Record<string, unknown>>('options'),
    /** The path of this site that the person was on the way to. */
    redirectTo: text('redirect_to'),
    tries: integer('tries').notNull().default(0),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (t) => [index('attempts_user').on(t.userId), index('attempts_expires').on(t.expiresAt)],
);

/** The one-time codes of an authenticator app (RFC 6238); begun until `confirmedAt` is set. */
export const authenticators = table('authenticators', {
  userId: text('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** Base32. */
  secret: text('secret').notNull(),
  /** The newest 30-second step whose code was used: no code is good twice. */
  lastStep: integer('last_step').notNull().default(0),
  createdAt: moment('created_at').notNull(),
  confirmedAt: moment('confirmed_at'),
});

/** Codes for the day the phone is lost; `id` is the SHA-256 of person and code. */
export const recoveryCodes = table(
  'recovery_codes',
  {
    id: id().primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: moment('created_at').notNull(),
    usedAt: moment('used_at'),
  },
  (t) => [index('recovery_codes_user').on(t.userId)],
);

/** Public keys of passkeys (WebAuthn); `id` is the credential's own, base64url. */
export const passkeys = table(
  'passkeys',
  {
    id: id().primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** COSE, base64url. */
    publicKey: text('public_key').notNull(),
    counter: integer('counter').notNull(),
    transports: json<string[]>('transports').notNull(),
    /** Kept by a service that copies it to the person's other devices. */
    synced: flagColumn('synced').notNull(),
    createdAt: moment('created_at').notNull(),
    usedAt: moment('used_at'),
  },
  (t) => [index('passkeys_user').on(t.userId)],
);

/**
 * Changes of address. Until `undoUntil` the old address can take the account back, and nobody
 * else can have it. `id` and `undoId` are the SHA-256 of the tokens in the two mails.
 */
export const addressChanges = table(
  'address_changes',
  {
    id: id().primaryKey(),
    undoId: text('undo_id').notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    oldEmail: text('old_email').notNull(),
    oldKey: text('old_key').notNull(),
    /** Empty when it was somebody else's: the old address is told all the same. */
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
