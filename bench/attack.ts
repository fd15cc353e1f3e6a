import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { newId } from '~/platform/ids';
import type { DataSet } from './data-set';
import { keptConnections, paced, quantile, send } from './load';
import { STRANGE_COOKIE } from './processor';
import { serveCauseway } from './server';
import type { Row } from './table';

const ATTACKER = '198.51.100.7';
const SECOND_VISITOR = '203.0.113.9';

const UNSTORED = { Cookie: STRANGE_COOKIE };

const SECONDS = 8;
const CONNECTIONS = 100;

/**
 * One client asks without a pause, over 100 connections, for the pages that take longest to make, and
 * sends forms of 62,000 fields; a second visitor reads beside it, a page every tenth of a second.
 */
export async function attackRows({ file, thread }: DataSet, work: string): Promise<Row[]> {
  const copy = join(work, 'attack.db');
  copyFileSync(file, copy);
  writeLongThreads(copy, thread.id);
  const causeway = await serveCauseway(copy, join(work, 'outbox'));
  const quiet = await readAsSecondVisitor(causeway.url, thread);
  let running = true;
  const answers = new Map<number, number>();
  const agent = keptConnections(CONNECTIONS);
  const fields = 'a=1&'.repeat(62_000);
  const targets = ['/t/long-links/long-links', '/t/long-prose/long-prose', '/feed.xml', '/search'];
  const attacker = async (n: number) => {
    for (let turn = n; running; turn++) {
      const path = targets[turn % targets.length];
      const url = `${causeway.url}${path}?x=${Math.random()}&q=bank+${turn}`;
      // Uncompressed pages are made without ever waiting for another thread.
      const headers = {
        ...UNSTORED,
        'X-Forwarded-For': ATTACKER,
        'Accept-Encoding': turn % 2 ? 'br' : 'identity',
      };
      const status = await send(
        agent,
        url,
        turn % 10 === 9 ? { headers, form: fields } : { headers },
      );
      answers.set(status, (answers.get(status) ?? 0) + 1);
    }
  };
  const attackers = Array.from({ length: CONNECTIONS }, (_, n) => attacker(n));
  const beside = await readAsSecondVisitor(causeway.url, thread);
  running = false;
  await Promise.all(attackers);
  agent.destroy();
  await causeway.stop();
  const total = [...answers.values()].reduce((sum, count) => sum + count, 0);
  return [
    { name: 'second visitor, nobody else: p99', values: [quantile(quiet, 0.99)], unit: 'ms' },
    {
      name: 'second visitor beside an attack: p99',
      values: [quantile(beside, 0.99)],
      unit: 'ms',
      aim: { atMost: 250 },
    },
    { name: 'the same, the longest', values: [beside.at(-1) ?? Number.NaN], unit: 'ms' },
    { name: 'attacker, answers', values: [total / SECONDS], unit: 'answers/s' },
    {
      name: 'attacker, refused (503)',
      values: [(answers.get(503) ?? 0) / SECONDS],
      unit: 'answers/s',
    },
  ];
}

/** Stored pages and pages made anew in turn; the latencies in ms, sorted. */
async function readAsSecondVisitor(url: string, { id, slug }: DataSet['thread']) {
  const agent = keptConnections(10);
  const headers = { 'X-Forwarded-For': SECOND_VISITOR };
  const pages: [path: string, headers: Record<string, string>][] = [
    ['/about', headers],
    ['/about', { ...headers, ...UNSTORED }],
    [`/t/${id}/${slug}`, { ...headers, ...UNSTORED }],
  ];
  let turn = 0;
  const latencies = await paced(
    async () => {
      const [path, sent] = pages[turn++ % pages.length] as (typeof pages)[number];
      const status = await send(agent, url + path, { headers: sent });
      if (status !== 200) throw new Error(`the second visitor was answered ${status}`);
    },
    { everyMs: 1000, seconds: SECONDS, people: 10 },
  );
  agent.destroy();
  return latencies;
}

/** Two threads of 20 posts each: links by reference, as older versions took them, and plain prose. */
function writeLongThreads(file: string, like: string): void {
  const links = '<a href="http://e.example/xxxx" rel="nofollow ugc noopener">a</a> '.repeat(3900);
  const prose = 'It costs a month of pay and the bank declines the card. '.repeat(320);
  const db = new Sqlite(file);
  for (const [id, words] of [
    ['long-links', links],
    ['long-prose', prose],
  ] as const) {
    db.prepare(
      `insert into threads (id, slug, title, state, language, author_id, created_at, active_at)
       select ?, ?, title, state, language, author_id, created_at, active_at from threads where id = ?`,
    ).run(id, id, like);
    const post = db.prepare(
      `insert into posts (id, thread_id, author_id, is_opening, state, body, html, excerpt, language,
       created_at, shown_at) values (?, ?, 'u1', ?, 'visible', ?, ?, 'A long one', 'en', ?, ?)`,
    );
    for (let n = 0; n < 20; n++) {
      const now = Date.now() + n;
      post.run(newId(now), id, n === 0 ? 1 : 0, words, `<p dir="auto">${words}</p>`, now, now);
    }
  }
  db.close();
}
