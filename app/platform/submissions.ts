import { eq, lte } from 'drizzle-orm';
import type { Db } from '~db/client';
import { submissions } from '~db/schema';
import { type Clock, DAY } from './clock';

/** Longer than anyone is likely to keep a form open before sending it. */
const KEPT = 7 * DAY;

/**
 * Runs `work` once per form key, however often the form is sent: a repeated key returns the URL
 * that the first submission was redirected to. Runs inside the caller's transaction, so that key
 * and work are stored together or not at all. Keys of different people are separate.
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

/** Deletes old keys; run as a background job. */
export async function purgeSubmissions(tx: Db, clock: Clock): Promise<void> {
  await tx.delete(submissions).where(lte(submissions.createdAt, clock.now() - KEPT));
}
