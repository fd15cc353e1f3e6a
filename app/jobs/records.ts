import { randomUUID } from 'node:crypto';
import { and, asc, eq, sql } from 'drizzle-orm';
import type { AppContext } from '~/platform/app-context';
import { type Clock, DAY, SECOND } from '~/platform/clock';
import type { Db } from '~db/client';
import { jobs } from '~db/schema';
import { type Job, pauseAfter } from './job';

/** Duration of a claim unless it is renewed; the claim of a killed process expires. */
export const LEASE = 30 * SECOND;

export type JobRecord = typeof jobs.$inferSelect;

/** A job claimed by this run. */
export interface Claim {
  name: string;
  mark: string;
  /** The number of runs since the last success, including this one. */
  attempts: number;
}

/** Returns the records of all jobs that have ever run, by name. */
export function listRecords(db: Db): Promise<JobRecord[]> {
  return db.select().from(jobs).orderBy(asc(jobs.name));
}

/** Makes a job due now. A running job is not started again; one that has never run is due already. */
export async function requestRun(tx: Db, clock: Clock, name: string): Promise<void> {
  await tx.update(jobs).set({ nextRunAt: clock.now() }).where(eq(jobs.name, name));
}

/** Returns how long the last completed run took, in ms; null if there was none. */
export function durationOf({ startedAt, endedAt }: JobRecord): number | null {
  return startedAt === null || endedAt === null ? null : endedAt - startedAt;
}

export function isRunning({ leaseUntil }: JobRecord, now: number): boolean {
  return isAhead(leaseUntil, now, LEASE);
}

/**
 * Claims a job if it is due, or in any case with `force`. Returns null if it is not due or claimed
 * by another run. Until the run ends, the next run is scheduled as if this one had failed, so that
 * a job that crashes its process is not repeated without a pause.
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
  // Checked on the reader first, so that writers do not wait when nothing is due.
  if (!isFree(await findRecord(db.reader, name))) return null;
  return db.write(async (tx) => {
    // There is only one writer at a time, so what is read here is still true when it is written.
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

/** Extends a claim by another `LEASE`. */
export async function renewClaim({ db, clock }: AppContext, claim: Claim): Promise<void> {
  const leaseUntil = clock.now() + LEASE;
  await db.write((tx) => tx.update(jobs).set({ leaseUntil }).where(isHeld(claim)));
}

/** Records how a run ended and releases the job. A run that lost its claim changes nothing. */
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

/** True for a time in the future; further ahead than `furthest`, a wrong clock wrote it. */
function isAhead(moment: number | null, now: number, furthest: number): boolean {
  return moment !== null && moment > now && moment <= now + furthest;
}
