import { randomBytes } from 'node:crypto';
import type { AppContext } from '~/platform/app-context';
import { findValue } from '~/platform/installation-values';
import type { Db } from '~db/client';
import { settings } from '~db/schema';

const NAME = 'link-secret';

/**
 * Returns the 32 random bytes that sign the links in this installation's emails; created on first
 * use. They are stored in the database, so that old links still work after restoring a backup. Do
 * not call it inside a transaction.
 */
export async function linkSecret(app: AppContext): Promise<Buffer> {
  const known = await findLinkSecret(app.db.reader);
  if (known) return known;
  await app.db.write((tx) =>
    tx
      .insert(settings)
      .values({ name: NAME, value: randomBytes(32).toString('base64url') })
      .onConflictDoNothing(),
  );
  const made = await findLinkSecret(app.db.reader);
  if (!made) throw new Error('the secret for links was not stored');
  return made;
}

/** Returns the secret, or null if it has not been created yet. */
export async function findLinkSecret(db: Db): Promise<Buffer | null> {
  const value = await findValue(db, NAME);
  return value === null ? null : Buffer.from(value, 'base64url');
}
