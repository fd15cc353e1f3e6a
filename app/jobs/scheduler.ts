import { Cron } from 'croner';
import type { AppContext } from '~/platform/app-context';
import { MINUTE } from '~/platform/clock';
import { runDueJobs } from './run-due-jobs';

interface SchedulerLog {
  error(details: Record<string, unknown>, message: string): void;
}

/** Twice a minute: mails leave soon after they were written, and an idle site stays idle. */
const PATTERN = '*/30 * * * * *';

/** A round mails no longer than this: whatever else is due has its turn, and the rest of the mails after it. */
const LONGEST_MAILING = MINUTE;

/**
 * Does due work until it is stopped; one round never overlaps the next. Once it is stopped, the
 * mail in hand is finished and no other is begun.
 */
export function startScheduler(app: AppContext, log: SchedulerLog): { stop(): Promise<void> } {
  const stopped = new AbortController();
  let round: Promise<unknown> = Promise.resolve();
  const job = new Cron(
    PATTERN,
    { protect: true, catch: (err) => log.error({ err }, 'background work failed') },
    async () => {
      // Several processes have a scheduler each; whichever is first does the round.
      round = app.db.withLock(() => doRound(app, stopped.signal));
      await round;
    },
  );
  return {
    async stop() {
      job.stop();
      stopped.abort();
      await round.catch(() => undefined);
    },
  };
}

async function doRound(app: AppContext, stopped: AbortSignal): Promise<void> {
  const mailing = new AbortController();
  const end = () => mailing.abort();
  // A signal of `AbortSignal.timeout` that is only looked at is collected, and never aborted.
  const timer = setTimeout(end, LONGEST_MAILING);
  stopped.addEventListener('abort', end);
  if (stopped.aborted) end();
  try {
    await runDueJobs(app, { signal: mailing.signal });
  } finally {
    clearTimeout(timer);
    stopped.removeEventListener('abort', end);
  }
}
