import { deliveryOf, runAllJobs } from '~/jobs/run-jobs';
import type { AppContext } from '~/platform/app-context';
import type { Delivery } from '~/platform/mail/deliver';

/**
 * Runs every job once and returns the result of the emails.
 * @throws Error if a job failed
 */
export async function runJobs(app: AppContext): Promise<Delivery> {
  const causes: unknown[] = [];
  const results = await runAllJobs(app, { onError: (error) => causes.push(error) });
  if (causes.length > 0) throw new AggregateError(causes, 'jobs failed');
  return deliveryOf(results);
}
