import { eq, lte } from 'drizzle-orm';
import type { Db } from '~db/client';
import { submissions } from '~db/schema';
import { type Clock, DAY } from './clock';
import { DomainError } from './errors';
import { digestOf } from './ids';

/** Longer than anyone is likely to keep a form open before sending it. */
const KEPT = 7 * DAY;

/**
 * Runs `work` once per form key, however often the form is sent: a repeated key returns the URL
 * that the first submission was redirected to. Runs inside the caller's transaction, so that key
 * and work are stored together or not at all. Keys of different people are separate.
 *
 * `text` is what a person wrote in the form. After going back and changing it, the form still has its
 * key: such a text must not disappear.
 * @throws DomainError `refused` if the key was used with another text.
 */
export async function once(
  tx: Db,
  clock: Clock,
  owner: string,
  key: string | undefined,
  work: () => Promise<string>,
  text?: string,
): Promise<string> {
  if (!key) return work();
  const id = `${owner}:${key.slice(0, 64)}`;
  const [known] = await tx.select().from(submissions).where(eq(submissions.key, id));
  const withText = text === undefined ? null : `${id}:${digestOf(text)}`;
  if (known && withText !== null) {
    const [same] = await tx.select().from(submissions).where(eq(submissions.key, withText));
    if (!same) {
      throw new DomainError('refused', 'site.error.sentAlready', { href: known.location });
    }
  }
  if (known) return known.location;
  const location = await work();
  const createdAt = clock.now();
  const keys = withText === null ? [id] : [id, withText];
  await tx.insert(submissions).values(keys.map((one) => ({ key: one, location, createdAt })));
  return location;
}

/** Deletes old keys; run as a background job. */
export async function purgeSubmissions(tx: Db, clock: Clock): Promise<void> {
  await tx.delete(submissions).where(lte(submissions.createdAt, clock.now() - KEPT));
}
