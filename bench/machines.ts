import { execFileSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCluster } from '../tests/support/postgres-cluster.mjs';
import type { DataSet } from './data-set';
import { keptConnections, read, send } from './load';
import { STRANGE_COOKIE } from './processor';
import { type Serving, serve, serveCauseway } from './server';
import type { Row } from './table';
import { openSessions, replier, writeReplies } from './writers';

const ROUNDS = 3;
const SECONDS = 3;
const WRITERS = 10;

/** As a server is set up, unlike the one of the tests. */
const DURABLE = { fsync: 'on', full_page_writes: 'on', autovacuum: 'on' };

/**
 * One and two application servers on one PostgreSQL, behind a proxy that takes them in turn. All
 * share this machine with the database and the load, so that two servers are at most as fast as the
 * cores that are left; their processor time for each answer is what carries over.
 * @throws Error if one server shows an old page after a reply through the other
 */
export async function machinesRows({ file, thread }: DataSet, work: string): Promise<Row[]> {
  const cluster = await startCluster(tmpdir(), DURABLE);
  if (!cluster) {
    console.log('No PostgreSQL: two servers on one database are not measured.');
    return [];
  }
  const copy = join(work, 'machines.db');
  copyFileSync(file, copy);
  const cookies = openSessions(copy, 200);
  command(`file:${copy}`, 'copy', '--to', cluster.url);
  command(cluster.url, 'reindex');
  const outbox = join(work, 'outbox');
  const servers = [
    await serveCauseway(cluster.url, outbox),
    await serveCauseway(cluster.url, outbox),
  ] as const;
  const page = `/t/${thread.id}/${thread.slug}`;
  const rows: Row[] = [];
  try {
    await agree(servers, page, thread.id, cookies);
    const anew = { Cookie: STRANGE_COOKIE };
    for (const [name, measure] of [
      ['thread, made anew', (url: string) => rateOf(url + page, anew)],
      ['thread, from the store', (url: string) => rateOf(url + page, {})],
      [
        `replies of ${WRITERS} writers`,
        (url: string) =>
          writeReplies(replier(url, [thread.id, 'bench-thread-8'], cookies), {
            writers: WRITERS,
            seconds: SECONDS,
          }),
      ],
    ] as const) {
      rows.push(...(await compared(name, servers, measure)));
    }
  } finally {
    for (const server of servers) await server.stop();
    await cluster.stop();
  }
  return rows;
}

function command(database: string, ...args: string[]): void {
  execFileSync(process.execPath, ['build/causeway.js', ...args], {
    env: { ...process.env, DATABASE_URL: database },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Measures through a proxy with one server, then with both, round by round. */
async function compared(
  name: string,
  servers: readonly Serving[],
  measure: (url: string) => Promise<number>,
): Promise<Row[]> {
  const rates: number[][] = [[], []];
  const costs: number[][] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    for (const few of [1, 2]) {
      const serving = servers.slice(0, few);
      const proxy = await serveProxy(serving.map(({ url }) => url));
      try {
        const before = processorOf(serving);
        const started = performance.now();
        const rate = await measure(proxy.url);
        const answers = (rate * (performance.now() - started)) / 1000;
        rates[few - 1]?.push(rate);
        costs[few - 1]?.push((processorOf(serving) - before) / answers);
      } finally {
        await proxy.stop();
      }
    }
  }
  const [one = [], two = []] = rates;
  return [
    { name: `${name}: one server`, values: one, unit: 'answers/s' },
    { name: `${name}: two`, values: two, unit: 'answers/s', limits: one },
    { name: '  processor for each answer: one', values: costs[0] ?? [], unit: 'ms' },
    {
      name: '  processor for each answer: two',
      values: costs[1] ?? [],
      unit: 'ms',
      limits: costs[0] ?? [],
    },
  ];
}

async function rateOf(url: string, headers: Record<string, string>): Promise<number> {
  return (await read(url, { seconds: SECONDS, headers })).rate;
}

const processorOf = (servers: readonly Serving[]): number =>
  servers.reduce((sum, server) => sum + server.processor(), 0);

/** What one server was told is on the page that the other has stored, with the next request. */
async function agree(
  [one, other]: readonly [Serving, Serving],
  page: string,
  threadId: string,
  [cookie = '']: readonly string[],
): Promise<void> {
  const tagAt = async ({ url }: Serving) =>
    (await fetch(url + page, { headers: { 'Accept-Encoding': 'br' } })).headers.get('ETag');
  const before = await tagAt(other);
  const agent = keptConnections(1);
  const sent = await send(agent, `${one.url}/t/${threadId}`, {
    headers: { Cookie: cookie },
    form: { body: 'Written through one server, to be read through the other.' },
  });
  agent.destroy();
  if (sent !== 303) throw new Error(`a reply was answered ${sent}`);
  const after = await tagAt(other);
  if (after === before) throw new Error('a server shows an old page after a reply to the other');
}

/** The smallest proxy there can be: requests go to the servers in turn, over kept connections. */
function serveProxy(urls: readonly string[]): Promise<Serving> {
  const program = `
    const { Agent, createServer, request } = require('http');
    const urls = ${JSON.stringify(urls)};
    const agent = new Agent({ keepAlive: true });
    let turn = 0;
    createServer((asked, answer) => {
      const { method, headers } = asked;
      const url = urls[turn++ % urls.length] + asked.url;
      const passed = request(url, { agent, method, headers }, (got) => {
        answer.writeHead(got.statusCode, got.headers);
        got.pipe(answer);
      });
      passed.on('error', () => answer.destroy());
      asked.pipe(passed);
    }).listen(0, '127.0.0.1', function () {
      console.log('http://localhost:' + this.address().port);
    });`;
  return serve(['-e', program], {});
}
