/**
 * `npm run bench`: measures performance, compared with the limits of the machine at the same time.
 * Uses loopback only and takes under five minutes; the data sets are created once, before that.
 * `--quick` leaves out the million posts. `--processor`, `--ordinary`, `--machines` and `--attack` measure
 * one part alone, without them.
 */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { openApp } from '~/cli/compose';
import { buildDigest } from '~/domain/digests/digests';
import { readConfig } from '~/platform/config';
import { attackRows } from './attack';
import { COMMON_WORD, type DataSet, dataSet, RARE_WORD } from './data-set';
import { timeDigest } from './digest-load';
import {
  keptConnections,
  paced,
  quantile,
  type Reading,
  type ReadingOptions,
  read,
  send,
} from './load';
import { machinesRows } from './machines';
import { processorRows, STRANGE_COOKIE } from './processor';
import { type Serving, serveBytes, serveCauseway } from './server';
import { median, type Row, table } from './table';
import { printWeights } from './weights';
import { openSessions, rawInserts, replier, writeReplies } from './writers';

const ROUNDS = 3;
const SECONDS = 2;
const PERIOD = '2026-10';

/** The parts of the bench, and whether one of them was asked for alone. */
const PARTS = ['--processor', '--ordinary', '--machines', '--attack'] as const;
const asked = PARTS.filter((part) => process.argv.includes(part));
const measures = (part: (typeof PARTS)[number]) => asked.length === 0 || asked.includes(part);
const quick = asked.length > 0 || process.argv.includes('--quick');
const work = mkdtempSync(join(tmpdir(), 'causeway-bench-'));
const sets = [await dataSet(10_000, 'data/bench')];
if (!quick) sets.push(await dataSet(1_000_000, 'data/bench'));
const began = Date.now();
try {
  const small = sets[0] as DataSet;
  if (measures('--processor')) {
    console.log(`\nProcessor time of a request:\n\n${table(await processorRows(small, work))}`);
  }
  if (measures('--ordinary')) await printOrdinary(small);
  if (measures('--machines')) {
    console.log(`\nTwo servers on one PostgreSQL:\n\n${table(await machinesRows(small, work))}`);
  }
  if (measures('--attack')) {
    console.log(`\nOne visitor against all others:\n\n${table(await attackRows(small, work))}`);
  }
  console.log(`\n${Math.round((Date.now() - began) / 1000)} s, Node ${process.version}.`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function printOrdinary(small: DataSet): Promise<void> {
  console.log(`\n${table(await readingRows(small))}`);
  if (sets[1]) console.log(`\nGrowth, 1,000,000 posts against 10,000, in ms a page:\n`);
  if (sets[1]) console.log(table(await growthRows(small, sets[1])));
  console.log(`\nWriting, durable:\n\n${table(await writingRows(small))}`);
  console.log('\nPage weights over the wire, brotli:\n');
  await printWeights(work);
}

/**
 * Pages of the small data set, compared with a minimal server that has the thread page's bytes in
 * memory.
 */
async function readingRows({ file, thread }: DataSet): Promise<Row[]> {
  const copy = join(work, 'reading.db');
  copyFileSync(file, copy);
  const causeway = await serveCauseway(copy, join(work, 'outbox'));
  const [member = ''] = openSessions(copy, 1);
  const page = `${causeway.url}/t/${thread.id}/${thread.slug}`;
  const idle = causeway.rss();
  const bare = await serveBytes(await keptBytes(page));
  const uncached = { Cookie: STRANGE_COOKIE };
  const scenarios: [
    name: string,
    url: string,
    options?: Partial<ReadingOptions>,
    aim?: Row['aim'],
  ][] = [
    ['thread, visitor, warm', page, {}, { atLeast: 0.5 }],
    ['thread, return visit: 304', page, { status: 304 }],
    ['thread, visitor, made anew', page, { headers: uncached }, { atLeast: 0.05 }],
    ['thread, member', page, { headers: { Cookie: member } }],
    ['home, warm', `${causeway.url}/`],
    ['home, made anew', `${causeway.url}/`, { headers: uncached }],
    ['search, made anew', `${causeway.url}/search?q=bank+pay`, { headers: uncached }],
    ['barriers, made anew', `${causeway.url}/barriers`, { headers: uncached }],
  ];
  const limits: number[] = [];
  const found = scenarios.map((): Reading[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    const before = await read(bare.url, { seconds: SECONDS });
    for (const [n, [, url, options]] of scenarios.entries()) {
      const known = options?.status === 304 ? await tagOf(url) : {};
      found[n]?.push(await read(url, { seconds: SECONDS, headers: known, ...options }));
    }
    const after = await read(bare.url, { seconds: SECONDS });
    limits.push((before.rate + after.rate) / 2);
  }
  const loaded = causeway.rss();
  const mixed = await mixedRow(causeway, copy, thread);
  const rows: Row[] = [
    { name: 'bare node:http, the same bytes', values: limits, unit: 'answers/s' },
    ...scenarios.map(([name, , , aim], n) => ({
      name,
      values: found[n]?.map(({ rate }) => rate) ?? [],
      unit: 'answers/s',
      limits,
      aim,
    })),
    ...mixed,
    { name: 'memory, idle', values: [idle], unit: 'MB' },
    {
      name: 'memory, under load',
      values: [Math.max(loaded, causeway.rss())],
      unit: 'MB',
      aim: { atMost: 200 },
    },
    await startRow(copy, causeway.startedIn),
  ];
  await causeway.stop();
  await bare.stop();
  return rows;
}

/**
 * The ETag that a returning browser sends, read just before, because a background job may have
 * changed the page.
 */
async function tagOf(url: string): Promise<Record<string, string>> {
  const { headers } = await fetch(url, { headers: { 'Accept-Encoding': 'br' } });
  return { 'If-None-Match': headers.get('ETag') ?? '' };
}

/** Stores the bytes and headers of a response in a file for the minimal server. */
async function keptBytes(url: string): Promise<string> {
  const agent = keptConnections(1);
  const { get } = await import('node:http');
  const kept = await new Promise<{ body: string; headers: Record<string, unknown> }>((done) => {
    get(url, { agent, headers: { 'Accept-Encoding': 'br' } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => {
        const { date: _, connection: __, 'keep-alive': ___, ...headers } = answer.headers;
        done({ body: Buffer.concat(chunks).toString('base64'), headers });
      });
    });
  });
  agent.destroy();
  const file = join(work, 'bytes.json');
  writeFileSync(file, JSON.stringify(kept));
  return file;
}

/**
 * 50 people read a thread, one page per second each, while 10 write one reply per second in this
 * and another thread. Measured on a warm server that has already handled writes.
 */
async function mixedRow(causeway: Serving, file: string, { id, slug }: DataSet['thread']) {
  const page = `${causeway.url}/t/${id}/${slug}`;
  const agent = keptConnections(60);
  const get = () => send(agent, page);
  const unloaded = await paced(get, { everyMs: 20, seconds: 3, people: 1 });
  const reply = replier(causeway.url, [id, 'bench-thread-8'], openSessions(file, 40));
  await paced(() => reply(agent), { everyMs: 200, seconds: 2, people: 10 });
  const [loaded] = await Promise.all([
    paced(get, { everyMs: 1000, seconds: 6, people: 50 }),
    paced(() => reply(agent), { everyMs: 1000, seconds: 6, people: 10 }),
  ]);
  agent.destroy();
  const p50 = quantile(unloaded, 0.5);
  return [
    { name: 'thread, nobody else: p50', values: [p50], unit: 'ms' },
    {
      name: '50 readers, 10 writers: p99',
      values: [quantile(loaded, 0.99)],
      unit: 'ms',
      limits: [p50],
      aim: { atMost: 8 },
    },
  ] satisfies Row[];
}

async function startRow(file: string, first: number): Promise<Row> {
  const starts = [first];
  for (let n = 1; n < ROUNDS; n++) {
    const again = await serveCauseway(file, join(work, 'outbox'));
    starts.push(again.startedIn);
    await again.stop();
  }
  return { name: 'start to first answer', values: starts, unit: 'ms' };
}

/** The ratio of a page's response times with a hundred times as much data. */
async function growthRows(small: DataSet, large: DataSet): Promise<Row[]> {
  const pages: [name: string, path: string, aim?: Row['aim']][] = [
    ['thread', `/t/${small.thread.id}/${small.thread.slug}`, { atMost: 1.2 }],
    ['search, two words in many', '/search?q=bank+pay', { atMost: 3 }],
    ['search, one post in a thousand', `/search?q=${RARE_WORD}`, { atMost: 3 }],
    ['search, one post in ten', `/search?q=${COMMON_WORD}`, { atMost: 3 }],
    ['home', '/', { atMost: 2 }],
    ['threads', '/threads', { atMost: 2 }],
    ['threads, most people', '/threads?sort=top', { atMost: 2 }],
    ['barriers', '/barriers', { atMost: 2 }],
    ['barriers, two months', '/barriers?from=2026-08&to=2026-09', { atMost: 2 }],
    ['region', '/regions/011', { atMost: 2 }],
    ['country', '/countries/NG', { atMost: 2 }],
    ['key point', '/key-points/k-cost-011-0/barrier-k-cost-011-0', { atMost: 2 }],
    ['feed', '/feed.xml', { atMost: 2 }],
    ['sitemap', '/sitemap.xml', { atMost: 2 }],
    ['sitemap, key points', '/sitemap/key-points-1.xml', { atMost: 2 }],
  ];
  const times: Record<string, number[][]> = {};
  for (const set of [small, large]) {
    const serving = await serveCauseway(set.file, join(work, 'outbox'));
    const agent = keptConnections(1);
    times[set.posts] = [];
    for (const [, path] of pages) {
      times[set.posts]?.push(await pageTimes(agent, serving.url + path));
    }
    agent.destroy();
    await serving.stop();
  }
  return pages.map(([name, , aim], n) => {
    const base = median(times[small.posts]?.[n] ?? []);
    const values = times[large.posts]?.[n] ?? [];
    return { name, values, unit: 'ms', limits: values.map(() => base), aim };
  });
}

/**
 * Response times of an uncached page, one request after another, for at most two seconds and at
 * least three requests, after one second of warm-up for the file system cache and the JIT compiler.
 */
async function pageTimes(agent: ReturnType<typeof keptConnections>, url: string) {
  const headers = { Cookie: STRANGE_COOKIE };
  const once = async () => {
    const started = performance.now();
    const status = await send(agent, url, { headers });
    if (status !== 200) throw new Error(`${url} answered ${status}`);
    return performance.now() - started;
  };
  const timesWithin = async (ms: number, least: number) => {
    const values: number[] = [];
    const begun = performance.now();
    while (values.length < least || (performance.now() - begun < ms && values.length < 40)) {
      values.push(await once());
    }
    return values;
  };
  await timesWithin(1000, 1);
  return timesWithin(2000, 3);
}

/** Replies over HTTP, compared with direct inserts into the same table, and a digest. */
async function writingRows({ file, thread }: DataSet): Promise<Row[]> {
  const copy = join(work, 'writing.db');
  copyFileSync(file, copy);
  const cookies = openSessions(copy, 450);
  const causeway = await serveCauseway(copy, join(work, 'outbox'));
  const reply = replier(causeway.url, [thread.id, 'bench-thread-8', 'bench-thread-9'], cookies);
  const raw: number[] = [];
  const one: number[] = [];
  const fifty: number[] = [];
  const beside = join(work, 'raw.db');
  copyFileSync(file, beside);
  for (let round = 0; round < ROUNDS; round++) {
    raw.push(rawInserts(beside, 1.5));
    one.push(await writeReplies(reply, { writers: 1, seconds: 2 }));
    fifty.push(await writeReplies(reply, { writers: 50, seconds: 3 }));
  }
  await causeway.stop();
  return [
    { name: 'raw inserts, one commit each', values: raw, unit: 'rows/s' },
    { name: 'replies, 1 writer', values: one, unit: 'posts/s', limits: raw },
    {
      name: 'replies, 50 writers',
      values: fifty,
      unit: 'posts/s',
      limits: raw,
      aim: { atLeast: 0.15 },
    },
    ...(await digestRows(copy)),
    ...(quick ? [] : await largeDigestRows()),
  ];
}

/** Composing a month's digest, compared with reading its rows. */
async function digestRows(file: string): Promise<Row[]> {
  const config = readConfig({ DATABASE_URL: `file:${file}` });
  const app = await openApp(config, { now: () => Date.now() });
  const db = new Sqlite(file, { readonly: true });
  const scan: number[] = [];
  const build: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    let started = performance.now();
    db.prepare(
      `select p.*, b.kind from posts p left join post_barriers b on b.post_id = p.id
       where p.created_at >= ? and p.created_at < ?`,
    ).all(Date.parse('2026-10-01'), Date.parse('2026-11-01'));
    scan.push(performance.now() - started);
    started = performance.now();
    await buildDigest(app, 'world', PERIOD);
    build.push(performance.now() - started);
  }
  db.close();
  await app.close();
  return [
    { name: 'reading the rows of a month', values: scan, unit: 'ms' },
    { name: 'building its digest', values: build, unit: 'ms', limits: scan },
  ];
}

/** Time and memory of a digest of a month with very many posts. */
async function largeDigestRows(): Promise<Row[]> {
  const { milliseconds, mebibytes, longestPause } = await timeDigest(100_000, 'data/bench');
  return [
    { name: 'a digest of 100,000 contributions', values: [milliseconds], unit: 'ms' },
    { name: 'what it holds meanwhile', values: [mebibytes], unit: 'MB' },
    { name: 'answers nobody for at most', values: [longestPause], unit: 'ms' },
  ];
}
