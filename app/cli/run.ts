import type { AppContext } from '~/platform/app-context';
import { systemClock } from '~/platform/clock';
import { readConfig } from '~/platform/config';
import { openApp } from './compose';

/** Something the operator can put right; printed as one line. */
export class CommandError extends Error {}

/** Opens the installation that the environment names, does `work`, and closes it whatever happens. */
export async function withApp<T>(work: (app: AppContext) => Promise<T>): Promise<T> {
  const app = await openApp(readConfig(process.env), systemClock);
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

/** Prints a result: as JSON when that was asked for, else as the sentence. */
export function print(options: { json?: boolean }, data: unknown, sentence: string): void {
  console.log(options.json ? JSON.stringify(data, null, 2) : sentence);
}

/** Aborted when the operator, or the system, asks the command to stop. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  return stop.signal;
}
