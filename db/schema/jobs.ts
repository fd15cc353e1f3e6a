import { boolean, integer, table, text } from '../dialect';
import { moment } from './columns';

/**
 * The state of each job in `app/jobs/schedule.ts`, and which process is running it. A process
 * claims a job before running it and renews the claim while it runs. If the process is killed, the
 * claim expires.
 */
export const jobs = table('jobs', {
  name: text('name').primaryKey(),
  nextRunAt: moment('next_run_at').notNull(),
  /** Runs started since the last successful one. */
  attempts: integer('attempts').notNull(),
  /** Random id of the run that holds the claim; null if no run does. */
  claim: text('claim'),
  leaseUntil: moment('lease_until'),
  /** The last completed run. */
  startedAt: moment('started_at'),
  endedAt: moment('ended_at'),
  ok: boolean('ok'),
  succeededAt: moment('succeeded_at'),
  failedAt: moment('failed_at'),
  /** The error at `failedAt`: types and code locations, no values or email addresses. */
  error: text('error'),
  /** Total number of failed runs. */
  failures: integer('failures').notNull(),
});
