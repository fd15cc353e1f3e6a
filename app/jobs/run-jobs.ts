import { setTimeout as sleep } from 'node:timers/promises';
import type { AppContext } from '~/platform/app-context';
import { describeError } from '~/platform/errors';
import type { Delivery } from '~/platform/mail/deliver';
import { type Job, type JobReport, nextRun, pauseAfter } from './job';
import { type Claim, claimJob, LEASE, releaseJob, renewClaim } from './records';
import { JOBS, MAIL } from './schedule';

/** The result of one run. */
export interface JobResult {
  name: string;
  /** The error, in a form that is safe to show; null if all went well. */
  error: string | null;
  counts: Required<JobReport>['counts'];
  /** The job was left to another process that had claimed it. */
  elsewhere?: true;
}

export interface RunOptions {
  /** Runs the job even if it is not due or has just failed. */
  force?: boolean;
  /** Once it is aborted, no further email or job is started; work in progress is finished. */
  signal?: AbortSignal;
  /** Called for each error. */
  onError?: (error: unknown, job: string) => void;
}

const NEVER = new AbortController().signal;

/**
 * Runs one job if it is due and not claimed by another process; otherwise returns null. Never
 * rejects: errors are recorded with the job, which is retried after a pause.
 */
export async function runJob(
  app: AppContext,
  job: Job,
  { force = false, signal = NEVER, onError }: RunOptions = {},
): Promise<JobResult | null> {
  try {
    const claim = await claimJob(app, job, force);
    if (!claim) return null;
    await app.refreshCommunity();
    const startedAt = app.clock.now();
    const { counts, errors, failed } = await runHolding(app, job, claim, signal);
    for (const error of errors) onError?.(error, job.name);
    const error = summary(errors);
    const now = app.clock.now();
    const nextRunAt = failed ? now + pauseAfter(claim.attempts, job) : nextRun(job.schedule, now);
    await releaseJob(app, claim, { startedAt, error, nextRunAt });
    return { name: job.name, error, counts };
  } catch (error) {
    // The database could not be read or written.
    onError?.(error, job.name);
    return { name: job.name, error: describeError(error), counts: {} };
  }
}

/** Runs a job and renews its claim while it runs. */
async function runHolding(
  app: AppContext,
  job: Job,
  claim: Claim,
  signal: AbortSignal,
): Promise<Required<JobReport> & { failed: boolean }> {
  // If a renewal fails, another process may start the job too; every job must tolerate that.
  const renewal = setInterval(() => renewClaim(app, claim).catch(() => undefined), LEASE / 3);
  try {
    return { errors: [], counts: {}, ...(await job.run(app, signal)), failed: false };
  } catch (error) {
    return { errors: [error], counts: {}, failed: true };
  } finally {
    clearInterval(renewal);
  }
}

function summary(errors: readonly unknown[]): string | null {
  if (errors.length === 0) return null;
  const first = describeError(errors[0]);
  return errors.length === 1 ? first : `${first}, and ${errors.length - 1} more`;
}

/**
 * Runs every job once, due or not, and sends the emails they queued. If another process has claimed
 * a job, this waits until the claim would have expired without renewal, and then leaves the job to
 * that process.
 */
export async function runAllJobs(
  app: AppContext,
  options: Omit<RunOptions, 'force'> = {},
): Promise<JobResult[]> {
  const until = performance.now() + LEASE;
  const results: JobResult[] = [];
  for (const job of [...JOBS, MAIL]) {
    for (;;) {
      if (options.signal?.aborted) return results;
      const result = await runJob(app, job, { ...options, force: true });
      if (result || performance.now() > until) {
        results.push(result ?? { name: job.name, error: null, counts: {}, elsewhere: true });
        break;
      }
      await sleep(100);
    }
  }
  return results;
}

/** Adds up the results of several runs of the mail job. */
export function deliveryOf(results: readonly JobResult[]): Delivery {
  const runs = results.filter(({ name }) => name === MAIL.name);
  const sum = (of: 'sent' | 'failed') => runs.reduce((n, { counts }) => n + (counts[of] ?? 0), 0);
  return { sent: sum('sent'), failed: sum('failed'), waiting: runs.at(-1)?.counts.waiting ?? 0 };
}
