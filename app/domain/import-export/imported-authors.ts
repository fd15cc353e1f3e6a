import { eq } from 'drizzle-orm';
import { handleHash, handleKey, handleSkeleton } from '~/domain/accounts/users/handles';
import type { Clock } from '~/platform/clock';
import { newId } from '~/platform/ids';
import type { Db } from '~db/client';
import { erasures, users } from '~db/schema';
import { SITE_HANDLE } from './site-account';

export interface ImportedAuthor {
  handle: string;
  name: string | null;
  country: string | null;
}

/**
 * Returns the id of an imported author's account, which is created if needed. It has no email
 * address and no password, so nobody can log in until the account is claimed.
 */
export async function importedAuthor(tx: Db, clock: Clock, author: ImportedAuthor) {
  const key = handleKey(author.handle);
  const [known] = await tx
    .select({ id: users.id, country: users.country })
    .from(users)
    .where(eq(users.handleKey, key));
  if (known) {
    if (known.country === null && author.country !== null) {
      await tx.update(users).set({ country: author.country }).where(eq(users.id, known.id));
    }
    return known.id;
  }
  // Importing a conversation again must not restore deleted accounts.
  const [gone] = await tx
    .select({ id: erasures.userId })
    .from(erasures)
    .where(eq(erasures.handleHash, handleHash(author.handle)));
  if (gone) return gone.id;
  const now = clock.now();
  const id = newId(now);
  await tx.insert(users).values({
    id,
    handle: author.handle,
    handleKey: key,
    handleSkeleton: handleSkeleton(author.handle),
    name: author.name,
    country: author.country,
    createdAt: now,
    importedAt: now,
  });
  return id;
}

/** An import must not speak in the site's own name. */
export function isReservedAuthor(handle: string): boolean {
  return handleKey(handle) === SITE_HANDLE;
}
