import { eq, lte } from 'drizzle-orm';
import type { Db } from '~db/client';
import { submissions } from '~db/schema';
import { type Clock, DAY } from './clock';

/** Longer than any form stays open in a tab that is still of use. */
const KEPT = 7 * DAY;

/**
 * Does `work` once for a form's key, however often the form is sent: a repeated key gives the
 * place to which the first was sent on. Runs inside the caller's transaction, so that key and
 * work are stored together or not at all. Keys of one person never meet another's.
 */
export async function once(
  tx: Db,
  clock: Clock,
  owner: string,
  key: string | undefined,
  work: () => Promise<string>,
): Promise<string> {
  if (!key) return work();
  const id = `${owner}:${key.slice(0, 64)}`;
  const [known] = await tx.select().from(submissions).where(eq(submissions.key, id));
  if (known) return known.location;
  const location = await work();
  await tx.insert(submissions).values({ key: id, location, createdAt: clock.now() });
  return location;
}

/** Forgets old keys; background work. */
export async function purgeSubmissions(tx: Db, clock: Clock): Promise<void> {
  await tx.delete(submissions).where(lte(submissions.createdAt, clock.now() - KEPT));
}
