import { eq } from 'drizzle-orm';
import type { Clock } from '~/platform/clock';
import { newId } from '~/platform/ids';
import type { Db } from '~db/client';
import { users } from '~db/schema';

export const SITE_HANDLE = 'causeway';

/**
 * Returns the id of the account with which the site opens threads; nobody can log in to it. It has the name
 * of the site, also after the site was renamed.
 */
export async function siteAccount(tx: Db, clock: Clock, siteName: string): Promise<string> {
  const [known] = await tx
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(eq(users.handleKey, SITE_HANDLE));
  if (known) {
    if (known.name !== siteName) await nameSiteAccount(tx, siteName);
    return known.id;
  }
  const now = clock.now();
  const id = newId(now);
  await tx.insert(users).values({
    id,
    handle: SITE_HANDLE,
    handleKey: SITE_HANDLE,
    name: siteName,
    createdAt: now,
    confirmedAt: now,
  });
  return id;
}

/** Gives the site's account, if there is one yet, the name of the site. */
export async function nameSiteAccount(tx: Db, siteName: string): Promise<void> {
  await tx.update(users).set({ name: siteName }).where(eq(users.handleKey, SITE_HANDLE));
}
