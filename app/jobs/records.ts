import { randomUUID } from 'node:crypto';
import { and, asc, eq, sql } from 'drizzle-orm';
import type { AppContext } from '~/platform/app-context';
import { DAY, SECOND } from '~/platform/clock';
import type { Db } from '~db/client';
import { jobs } from '~db/schema';
import { type Job, pauseAfter } from './job';

/** How long a claim holds without being renewed: a process that was killed renews none. */
export const LEASE = 30 * SECOND;

export type JobRecord = typeof jobs.$inferSelect;

/** A job in hand. */
export interface Claim {
  name: string;
  mark: string;
  /** This run and those before it that failed, since the last that ended well. */
  attempts: number;
}

/** What is known of every job that was ever run, by name. */
export function listRecords(db: Db): Promise<JobRecord[]> {
  return db.select().from(jobs).orderBy(asc(jobs.name));
}

/** How long the last run that ended took, in ms; null where none has. */
export function durationOf({ startedAt, endedAt }: JobRecord): number | null {
  return startedAt === null || endedAt === null ? null : endedAt - startedAt;
}

export function isRunning({ leaseUntil }: JobRecord, now: number): boolean {
  return isAhead(leaseUntil, now, LEASE);
}

/**
 * Takes a job in hand if it is due, or in any case with `force`; null when it is not due or in the
 * hands of another run. Until the run has ended, the next one is planned as if this one failed: so a
 * job that ends its process is not repeated without pause.
 */
export async function claimJob(
  { db, clock }: AppContext,
  job: Pick<Job, 'name' | 'longestPause'>,
  force: boolean,
): Promise<Claim | null> {
  const { name } = job;
  const isFree = (record: JobRecord | undefined) => {
    const now = clock.now();
    if (!record) return true;
    return !isRunning(record, now) && (force || !isAhead(record.nextRunAt, now, DAY));
  };
  // Nobody who writes is held up to see that nothing is due.
  if (!isFree(await findRecord(db.reader, name))) return null;
  return db.write(async (tx) => {
    // There is one writer at a time: what is read here still holds when it is written.
    const record = await findRecord(tx, name);
    if (!isFree(record)) return null;
    const now = clock.now();
    const attempts = (record?.attempts ?? 0) + 1;
    const claim = { name, mark: randomUUID(), attempts };
    const row = {
      attempts,
      claim: claim.mark,
      leaseUntil: now + LEASE,
      nextRunAt: now + pauseAfter(attempts, job),
    };
    await tx
      .insert(jobs)
      .values({ name, failures: 0, ...row })
      .onConflictDoUpdate({ target: jobs.name, set: row });
    return claim;
  });
}

/** Holds a claim for another `LEASE`. */
export async function renewClaim({ db, clock }: AppContext, claim: Claim): Promise<void> {
  const leaseUntil = clock.now() + LEASE;
  await db.write((tx) => tx.update(jobs).set({ leaseUntil }).where(isHeld(claim)));
}

/**
 * Notes how a run ended and lets go of the job. Whoever lost the claim meanwhile changes nothing.
 */
export async function releaseJob(
  { db, clock }: AppContext,
  claim: Claim,
  run: { startedAt: number; error: string | null; nextRunAt: number },
): Promise<void> {
  const endedAt = clock.now();
  const { startedAt, error, nextRunAt } = run;
  const outcome =
    error === null
      ? { ok: true, attempts: 0, succeededAt: endedAt }
      : { ok: false, failedAt: endedAt, error, failures: sql`${jobs.failures} + 1` };
  await db.write((tx) =>
    tx
      .update(jobs)
      .set({ claim: null, leaseUntil: null, startedAt, endedAt, nextRunAt, ...outcome })
      .where(isHeld(claim)),
  );
}

function isHeld({ name, mark }: Claim) {
  return and(eq(jobs.name, name), eq(jobs.claim, mark));
}

async function findRecord(db: Db, name: string): Promise<JobRecord | undefined> {
  const [record] = await db.select().from(jobs).where(eq(jobs.name, name));
  return record;
}

/**
 * Whether a moment is still to come. One further away than any that is written here was written by
 * a clock that was wrong, and counts as past.
 */
function isAhead(moment: number | null, now: number, furthest: number): boolean {
  return moment !== null && moment > now && moment <= now + furthest;
}
