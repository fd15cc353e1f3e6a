import { boolean, integer, table, text } from '../dialect';
import { moment } from './columns';

/**
 * What became of each job of `app/jobs/schedule.ts`, and which process has it in hand. A process
 * claims a job before it runs it and renews the claim meanwhile; the claim of a process that was
 * killed runs out.
 */
export const jobs = table('jobs', {
  name: text('name').primaryKey(),
  nextRunAt: moment('next_run_at').notNull(),
  /** Runs that were begun since the last one that ended well. */
  attempts: integer('attempts').notNull(),
  /** A random mark of the run that has the job in hand; null when none has. */
  claim: text('claim'),
  leaseUntil: moment('lease_until'),
  /** The last run that ended. */
  startedAt: moment('started_at'),
  endedAt: moment('ended_at'),
  ok: boolean('ok'),
  succeededAt: moment('succeeded_at'),
  failedAt: moment('failed_at'),
  /** What failed at `failedAt`: kinds of errors and places in the code, no values and no addresses. */
  error: text('error'),
  /** How many runs have failed, ever. */
  failures: integer('failures').notNull(),
});
