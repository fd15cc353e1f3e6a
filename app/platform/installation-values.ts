import { eq } from 'drizzle-orm';
import type { Db } from '~db/client';
import { settings } from '~db/schema';

/* Values that the program stores about its installation: one row of `settings` for each name. */

/** Returns the value of a name; null if there is none. */
export async function findValue(db: Db, name: string): Promise<string | null> {
  const [row] = await db.select().from(settings).where(eq(settings.name, name));
  return row?.value ?? null;
}

/** Stores the value of a name, in place of the former one. */
export async function putValue(tx: Db, name: string, value: string): Promise<void> {
  await tx
    .insert(settings)
    .values({ name, value })
    .onConflictDoUpdate({ target: settings.name, set: { value } });
}
