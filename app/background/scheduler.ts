import { Cron } from 'croner';
import type { Site } from '../site';
import { doDueWork } from './work';

interface SchedulerLog {
  error(details: Record<string, unknown>, message: string): void;
}

/** Twice a minute: mails leave soon after they were written, and an idle site stays idle. */
const PATTERN = '*/30 * * * * *';

/** Does due work until it is stopped; one round never overlaps the next. */
export function startScheduler(site: Site, log: SchedulerLog): { stop(): void } {
  const job = new Cron(
    PATTERN,
    { protect: true, catch: (err) => log.error({ err }, 'background work failed') },
    async () => {
      await doDueWork(site);
    },
  );
  return { stop: () => job.stop() };
}
