import type { AppContext } from '~/platform/app-context';
import { DAY, HOUR, MINUTE, SECOND } from '~/platform/clock';

/** When a job runs: so many milliseconds after its last run, or daily at `HH:MM` (UTC). */
export type Schedule = { every: number } | { dailyAt: string };

/** The result of a run; a run that throws has failed completely. */
export interface JobReport {
  /** Errors of single items; the other items were processed. */
  errors?: readonly unknown[];
  /** Counts of what was done, for the operator who runs the job by hand. */
  counts?: Readonly<Record<string, number>>;
}

/** A background job. Its runs open their own transactions and can be repeated if interrupted. */
export interface Job {
  /** Identifies the job in the database, in metrics and in messages (`jobs.name.…`). */
  name: string;
  schedule: Schedule;
  /** Maximum pause after failures, in ms; one hour by default. */
  longestPause?: number;
  /** Must not start anything new once `signal` is aborted. */
  run(app: AppContext, signal: AbortSignal): Promise<JobReport>;
}

const FIRST_PAUSE = 30 * SECOND;

/** Returns the pause in ms after `attempts` failures in a row: it doubles each time. */
export function pauseAfter(attempts: number, { longestPause = HOUR }: Pick<Job, 'longestPause'>) {
  return Math.min(FIRST_PAUSE * 2 ** (attempts - 1), longestPause);
}

/** Returns the next time of a schedule after `now`, both in UTC milliseconds. */
export function nextRun(schedule: Schedule, now: number): number {
  if ('every' in schedule) return now + schedule.every;
  const [hours = 0, minutes = 0] = schedule.dailyAt.split(':').map(Number);
  const today = Math.floor(now / DAY) * DAY + hours * HOUR + minutes * MINUTE;
  return today > now ? today : today + DAY;
}
