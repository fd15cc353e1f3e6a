import type { Site } from '~/platform/app-context';
import { systemClock } from '~/platform/clock';
import { readConfig } from '~/platform/config';
import { openSite } from './compose';

/** Something the operator can put right; printed as one line. */
export class CommandError extends Error {}

/** Opens the installation that the environment names, does `work`, and closes it whatever happens. */
export async function withSite<T>(work: (site: Site) => Promise<T>): Promise<T> {
  const site = await openSite(readConfig(process.env), systemClock);
  try {
    return await work(site);
  } finally {
    await site.close();
  }
}

/** Prints a result: as JSON when that was asked for, else as the sentence. */
export function print(options: { json?: boolean }, data: unknown, sentence: string): void {
  console.log(options.json ? JSON.stringify(data, null, 2) : sentence);
}
