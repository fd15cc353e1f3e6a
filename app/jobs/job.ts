import type { AppContext } from '~/platform/app-context';
import { DAY, HOUR, MINUTE, SECOND } from '~/platform/clock';

/** When a job is run: so many milliseconds after its last run, or every day at a time (UTC, `HH:MM`). */
export type Schedule = { every: number } | { dailyAt: string };

/** What a run says of itself; one that throws has failed as a whole. */
export interface JobReport {
  /** Items that could not be dealt with, while the others were. */
  errors?: readonly unknown[];
  /** What was done, for the operator who runs it by hand. */
  counts?: Readonly<Record<string, number>>;
}

/**
 * Something that is done in the background. Each run opens its own transactions, and must bear to be
 * interrupted anywhere and to be run again.
 */
export interface Job {
  /** Stands in the database, in metrics and in messages (`jobs.name.…`). */
  name: string;
  schedule: Schedule;
  /** The longest pause after failures, in ms; an hour unless it says so. */
  longestPause?: number;
  /** Begins nothing further once `signal` is aborted. */
  run(app: AppContext, signal: AbortSignal): Promise<JobReport>;
}

const FIRST_PAUSE = 30 * SECOND;

/** How long a job waits after it has failed so many times in a row (ms): pauses double. */
export function pauseAfter(attempts: number, { longestPause = HOUR }: Pick<Job, 'longestPause'>) {
  return Math.min(FIRST_PAUSE * 2 ** (attempts - 1), longestPause);
}

/** The next moment of a schedule after `now`, both in UTC milliseconds. */
export function nextRun(schedule: Schedule, now: number): number {
  if ('every' in schedule) return now + schedule.every;
  const [hours = 0, minutes = 0] = schedule.dailyAt.split(':').map(Number);
  const today = Math.floor(now / DAY) * DAY + hours * HOUR + minutes * MINUTE;
  return today > now ? today : today + DAY;
}
