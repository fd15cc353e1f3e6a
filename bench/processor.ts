import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSet } from './data-set';
import { keptConnections, send } from './load';
import { type Serving, serveCauseway } from './server';
import type { Row } from './table';
import { openSessions, replier } from './writers';

/** Enough for the compiler to have settled. */
const WARM_UP = 150;
const ROUNDS = 3;
const REQUESTS = 100;

/** Opens nothing, so that its page is a visitor's, but not one from the store. */
export const STRANGE_COOKIE = 'causeway_session=opens-nothing';

/**
 * Processor time of the server for each request, one after another: it depends little on what else
 * the machine does, unlike the time that passes.
 */
export async function processorRows({ file, thread, shortThread }: DataSet, folder: string) {
  const copy = join(folder, 'processor.db');
  copyFileSync(file, copy);
  const causeway = await serveCauseway(copy, join(folder, 'outbox'));
  const [reader = '', ...writers] = openSessions(copy, 40);
  const agent = keptConnections(1);
  const reply = replier(causeway.url, [thread.id, 'bench-thread-8'], writers);
  const get = (path: string, Cookie: string) => async () => {
    const status = await send(agent, causeway.url + path, { headers: { Cookie } });
    if (status !== 200) throw new Error(`${path} answered ${status}`);
  };
  const short = `/t/${shortThread.id}/${shortThread.slug}`;
  const scenarios: [name: string, once: () => Promise<unknown>, aim?: number][] = [
    ['thread of 20 posts, member', get(short, reader), 5],
    ['thread of 20 posts, visitor, made anew', get(short, STRANGE_COOKIE), 3],
    ['home, made anew', get('/', STRANGE_COOKIE), 4],
    ['search, made anew', get('/search?q=bank+pay', STRANGE_COOKIE), 8],
    ['barriers, made anew', get('/barriers', STRANGE_COOKIE), 8],
    ['a reply, durable', () => reply(agent), 3],
  ];
  const rows: Row[] = [];
  for (const [name, once, aim] of scenarios) rows.push(...(await timed(causeway, name, once, aim)));
  agent.destroy();
  await causeway.stop();
  return rows;
}

async function timed(
  causeway: Serving,
  name: string,
  once: () => Promise<unknown>,
  aim?: number,
): Promise<Row[]> {
  for (let n = 0; n < WARM_UP; n++) await once();
  const processor: number[] = [];
  const passed: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const [busy, started] = [causeway.processor(), performance.now()];
    for (let n = 0; n < REQUESTS; n++) await once();
    processor.push((causeway.processor() - busy) / REQUESTS);
    passed.push((performance.now() - started) / REQUESTS);
  }
  return [
    { name, values: processor, unit: 'ms of processor', aim: aim ? { atMost: aim } : undefined },
    { name: `${name}: passed`, values: passed, unit: 'ms' },
  ];
}
