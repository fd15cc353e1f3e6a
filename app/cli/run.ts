import type { AppContext } from '~/platform/app-context';
import { systemClock } from '~/platform/clock';
import { readConfig } from '~/platform/config';
import { openApp } from './compose';

/** An error that the operator can fix; printed as one line. */
export class CommandError extends Error {}

/** Opens the installation that the environment describes, runs `work`, and always closes it. */
export async function withApp<T>(work: (app: AppContext) => Promise<T>): Promise<T> {
  const app = await openApp(readConfig(process.env), systemClock);
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

/** Prints a result: as JSON if requested, otherwise as a sentence. */
export function print(options: { json?: boolean }, data: unknown, sentence: string): void {
  console.log(options.json ? JSON.stringify(data, null, 2) : sentence);
}

/** Returns a signal that is aborted when the operator or the system stops the command. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  return stop.signal;
}
