import type { AppContext } from '~/platform/app-context';
import { SECOND } from '~/platform/clock';
import { sendLetters } from './mail';
import { runJob } from './run-jobs';
import { JOBS, MAIL } from './schedule';

interface SchedulerLog {
  error(details: Record<string, unknown>, message: string): void;
}

/** Interval at which a process looks for due jobs. */
const TICK = 10 * SECOND;

/**
 * Runs due jobs until it is stopped; work in progress is then finished and nothing new is started.
 * Email has its own queue, so that other jobs do not delay it, and is sent as soon as the
 * transaction that queued it is committed.
 */
export function startScheduler(app: AppContext, log: SchedulerLog): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const options = {
    signal,
    onError: (err: unknown, job: string) => log.error({ err, job }, 'a job failed'),
  };

  // Initially true, so that emails left by a killed process are sent immediately.
  let queued = true;
  const mail = lane(async () => {
    if (signal.aborted) return;
    const force = queued;
    queued = false;
    const result = await runJob(app, MAIL, { ...options, force });
    // Another process may be busy with thousands of digests: a letter must not wait for them.
    if (force && !result) {
      await sendLetters(app, { signal }).catch((error) => options.onError(error, MAIL.name));
    }
  });
  const others = lane(async () => {
    for (const job of JOBS) {
      if (job !== MAIL && !signal.aborted) await runJob(app, job, options);
    }
  });

  const timer = setInterval(() => {
    mail.run();
    others.run();
  }, TICK);
  const unsubscribe = app.db.onInserted((tables) => {
    if (!tables.has('mails')) return;
    queued = true;
    mail.run();
  });
  mail.run();

  return {
    async stop() {
      clearInterval(timer);
      unsubscribe();
      stopping.abort();
      await Promise.all([mail.idle(), others.idle()]);
    },
  };
}

/** Runs `work` once at a time; a call meanwhile causes one more run. `work` must not reject. */
function lane(work: () => Promise<void>): { run(): void; idle(): Promise<void> } {
  let wanted = false;
  let running: Promise<void> | null = null;
  async function loop() {
    while (wanted) {
      wanted = false;
      await work();
    }
    running = null;
  }
  return {
    run() {
      wanted = true;
      running ??= loop();
    },
    idle: () => running ?? Promise.resolve(),
  };
}
