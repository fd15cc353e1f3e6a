import { setTimeout as sleep } from 'node:timers/promises';
import type { AppContext } from '~/platform/app-context';
import { describeError } from '~/platform/errors';
import type { Delivery } from '~/platform/mail/deliver';
import { type Job, type JobReport, nextRun, pauseAfter } from './job';
import { type Claim, claimJob, LEASE, releaseJob, renewClaim } from './records';
import { JOBS, MAIL } from './schedule';

/** How one run ended. */
export interface JobResult {
  name: string;
  /** What failed, fit to be shown; null when all went well. */
  error: string | null;
  counts: Required<JobReport>['counts'];
  /** It was left to another process, which had it in hand. */
  elsewhere?: true;
}

export interface RunOptions {
  /** Runs the job though it is not due, and though it has just failed. */
  force?: boolean;
  /** No further mail is begun once it is aborted, and no further job; what is in hand is finished. */
  signal?: AbortSignal;
  /** Called for each thing that failed. */
  onError?: (error: unknown, job: string) => void;
}

const NEVER = new AbortController().signal;

/**
 * Runs one job if it is due and no other process has it in hand; else gives null. Never rejects: what
 * fails is noted with the job, which is tried again after a pause.
 */
export async function runJob(
  app: AppContext,
  job: Job,
  { force = false, signal = NEVER, onError }: RunOptions = {},
): Promise<JobResult | null> {
  try {
    const claim = await claimJob(app, job, force);
    if (!claim) return null;
    const startedAt = app.clock.now();
    const { counts, errors, failed } = await runHolding(app, job, claim, signal);
    for (const error of errors) onError?.(error, job.name);
    const error = summary(errors);
    const now = app.clock.now();
    const nextRunAt = failed ? now + pauseAfter(claim.attempts, job) : nextRun(job.schedule, now);
    await releaseJob(app, claim, { startedAt, error, nextRunAt });
    return { name: job.name, error, counts };
  } catch (error) {
    // The database could not be asked, or not told.
    onError?.(error, job.name);
    return { name: job.name, error: describeError(error), counts: {} };
  }
}

/** Runs a job and renews its claim meanwhile. */
async function runHolding(
  app: AppContext,
  job: Job,
  claim: Claim,
  signal: AbortSignal,
): Promise<Required<JobReport> & { failed: boolean }> {
  // Without a renewal another process may take over, which every job bears.
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
 * Runs every job once, due or not, and mails what they queued. A job that another process has in hand
 * is waited for until a claim that nobody renews would have run out, and is then left to that process.
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

/** What became of the mails in several runs of the mail job. */
export function deliveryOf(results: readonly JobResult[]): Delivery {
  const runs = results.filter(({ name }) => name === MAIL.name);
  const sum = (of: 'sent' | 'failed') => runs.reduce((n, { counts }) => n + (counts[of] ?? 0), 0);
  return { sent: sum('sent'), failed: sum('failed'), waiting: runs.at(-1)?.counts.waiting ?? 0 };
}
