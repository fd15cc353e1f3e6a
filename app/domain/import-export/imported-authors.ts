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
 * The account of an imported author, made when there is none. It has no address and no password,
 * so that nobody can log in with it until it is claimed. Gives its id.
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
  // Who has left is not brought back by reading their conversation again.
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

/** The site's own name is not to be spoken in by an import. */
export function isReservedAuthor(handle: string): boolean {
  return handleKey(handle) === SITE_HANDLE;
}
