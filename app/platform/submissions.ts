import { eq, lte, sql } from 'drizzle-orm';
import type { Db } from '~db/client';
import { submissions } from '~db/schema';
import { prepared, preparedInsert } from '~db/statement-cache';
import { type Clock, DAY } from './clock';
import { DomainError } from './errors';
import { digestOf } from './ids';

/** Longer than anyone is likely to keep a form open before sending it. */
const KEPT = 7 * DAY;

export interface SentForm {
  /** Keys of different people are separate. */
  by: string;
  key: string | undefined;
  /**
   * Everything that the form asks for, as JSON can hold it. After going back and changing something,
   * the form still has its key: what is asked for then must not disappear.
   */
  sent: unknown;
}

const readSubmission = prepared((db) =>
  db
    .select()
    .from(submissions)
    .where(eq(submissions.key, sql.placeholder('key'))),
);

const insertSubmissions = preparedInsert(submissions);

/**
 * Runs `work` once per form key, however often the form is sent: a repeated key returns the URL
 * that the first submission was redirected to. Runs inside the caller's transaction, so that key
 * and work are stored together or not at all.
 * @throws DomainError `refused` if the key was used with a form that asked for something else.
 */
export async function once(
  tx: Db,
  clock: Clock,
  { by, key, sent }: SentForm,
  work: () => Promise<string>,
): Promise<string> {
  const before = await sentBefore(tx, { by, key, sent });
  if (before) return before;
  const location = await work();
  if (!key) return location;
  const createdAt = clock.now();
  const rows = keysOf({ by, key, sent }).map((one) => ({ key: one, location, createdAt }));
  await insertSubmissions(tx, ...rows);
  return location;
}

/**
 * Returns the URL that a form sent before was redirected to; null if it was not sent, or has no key.
 * For a check outside the transaction that fails because of what the form did the first time.
 * @throws DomainError `refused` if the key was used with a form that asked for something else.
 */
export async function sentBefore(db: Db, { by, key, sent }: SentForm): Promise<string | null> {
  if (!key) return null;
  const [id, withContent] = keysOf({ by, key, sent });
  const [known] = await readSubmission(db, { key: id });
  if (!known) return null;
  const [same] = await readSubmission(db, { key: withContent });
  if (same) return known.location;
  throw new DomainError('refused', 'site.error.sentAlready', { href: known.location });
}

/** Returns the stored keys of a form: one of the form alone, one also of what it asked for. */
function keysOf({ by, key, sent }: SentForm & { key: string }): [string, string] {
  const id = `${by}:${key.slice(0, 64)}`;
  return [id, `${id}:${digestOf(JSON.stringify(sent))}`];
}

/** Deletes old keys; run as a background job. */
export async function purgeSubmissions(tx: Db, clock: Clock): Promise<void> {
  await tx.delete(submissions).where(lte(submissions.createdAt, clock.now() - KEPT));
}
