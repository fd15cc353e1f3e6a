import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { addressOf } from './server';
import { networkOf } from './writers';

export interface CrashOptions {
  /** An empty folder for the installation. */
  folder: string;
  rounds: number;
  writers: number;
  /** Called after each round. */
  say?: (round: Round) => void;
}

export interface Round {
  /** Posts confirmed by a success response, in all rounds so far. */
  acknowledged: number;
  /** Posts sent again with the same key because no response came. */
  repeated: number;
  /** Confirmed posts that are missing or differ from what was sent. */
  lost: number;
  /** Posts that exist more than once. */
  doubled: number;
  /** Errors of the integrity check; empty if there are none. */
  faults: string[];
  /** From starting the program to its first "ready", in ms. */
  readyIn: number;
}

interface Post {
  body: string;
  key: string;
}

/**
 * Lets many people write at once, kills the program with SIGKILL at a random moment, starts it
 * again and compares the stored posts with the confirmed ones. Posts without a response are sent
 * again, as people do. SIGKILL ends the process but not the operating system: that a power failure
 * loses nothing depends on `synchronous=FULL`, which this cannot test.
 */
export async function crashRounds(options: CrashOptions): Promise<Round[]> {
  const { folder, rounds, writers, say } = options;
  const file = join(folder, 'causeway.db');
  const acknowledged = new Map<string, string>();
  /** Posts without a response, by author, because a form key belongs to one person. */
  const unanswered = new Map<string, Post>();
  let server = await start(folder, file);
  const cookies = admit(file, writers);
  const found: Round[] = [];
  let sent = 0;
  for (let n = 0; n < rounds; n++) {
    const repeated = unanswered.size;
    const agent = new Agent({ keepAlive: true, maxSockets: writers });
    let running = true;
    // A random moment, but after at least one post, even on a busy machine.
    let until = 1 + Math.floor(Math.random() * writers * 4);
    let enough = () => {};
    const written = new Promise<void>((resolve) => {
      enough = resolve;
    });
    const write = async (cookie: string, person: number) => {
      while (running) {
        const post = unanswered.get(cookie) ?? newPost(++sent);
        unanswered.set(cookie, post);
        const id = await reply(
          agent,
          server.url,
          { Cookie: cookie, 'X-Forwarded-For': networkOf(person) },
          post,
        );
        if (!id) {
          await pause(50);
          continue;
        }
        unanswered.delete(cookie);
        acknowledged.set(post.body, id);
        if (--until === 0) enough();
      }
    };
    const writing = cookies.map(write);
    await Promise.race([written, pause(15_000)]);
    await pause(Math.random() * 20);
    server.child.kill('SIGKILL');
    await server.gone;
    running = false;
    await Promise.all(writing);
    agent.destroy();
    // Rate limits are not part of this test.
    forgetLimits(file);
    const started = performance.now();
    server = await start(folder, file);
    const readyIn = performance.now() - started;
    const round = { ...compare(file, acknowledged), repeated, readyIn };
    found.push(round);
    say?.(round);
  }
  server.child.kill('SIGTERM');
  await server.gone;
  return found;
}

function newPost(number: number): Post {
  return { body: `Soak ${number} ${randomUUID()}`, key: randomUUID() };
}

interface Running {
  url: string;
  child: ChildProcess;
  gone: Promise<unknown>;
}

/** Starts the program and waits until it is ready. */
export async function start(folder: string, file: string): Promise<Running> {
  const child = spawn(process.execPath, ['build/serve.js'], {
    env: {
      ...process.env,
      PORT: '0',
      ORIGIN: 'http://localhost:3000',
      LOG_LEVEL: 'error',
      DATABASE_URL: `file:${file}`,
      OUTBOX_DIR: join(folder, 'outbox'),
      HOLD_FIRST_POSTS: '0',
      // The writers state their IP address in a header.
      TRUST_PROXY: '1',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise((resolve) => child.once('close', resolve));
  const url = await addressOf(child);
  const ready = await fetch(`${url}/readyz`);
  if (ready.status !== 200) throw new Error(`not ready: ${await ready.text()}`);
  return { url, child, gone };
}

/** Creates people who may post, directly in the database, and returns their cookies. */
export function admit(file: string, count: number): string[] {
  const db = new Sqlite(file, { timeout: 5000 });
  const now = Date.now();
  const user = db.prepare(
    'insert into users (id, handle, handle_key, created_at, confirmed_at) values (?, ?, ?, ?, ?)',
  );
  const session = db.prepare(
    'insert into sessions (id, user_id, created_at, expires_at, proven_at) values (?, ?, ?, ?, ?)',
  );
  const cookies = Array.from({ length: count }, (_, n) => {
    const token = randomBytes(20).toString('hex');
    const id = createHash('sha256').update(token).digest('hex');
    // Not new members, whose posts per hour are limited.
    user.run(`soak-${n}`, `soak_${n}`, `soak_${n}`, 0, 0);
    session.run(id, `soak-${n}`, now, now + 86_400_000, now);
    return `causeway_session=${token}`;
  });
  db.close();
  return cookies;
}

function forgetLimits(file: string): void {
  const db = new Sqlite(file, { timeout: 5000 });
  db.exec('delete from limits');
  db.close();
}

/** Returns the id of the post if it was confirmed; null otherwise. */
function reply(
  agent: Agent,
  url: string,
  who: Record<string, string>,
  post: Post,
): Promise<string | null> {
  const body = new URLSearchParams({ ...post }).toString();
  return new Promise((resolve) => {
    const asked = request(`${url}/t/q2`, {
      agent,
      method: 'POST',
      headers: {
        ...who,
        Origin: 'http://localhost:3000',
        'Content-Type': 'application/x-www-form-urlencoded',
        'Content-Length': String(Buffer.byteLength(body)),
      },
    });
    asked.on('error', () => resolve(null));
    asked.on('response', (answer) => {
      answer.on('error', () => resolve(null));
      answer.resume();
      const id = /#p-(.+)$/.exec(answer.headers.location ?? '')?.[1];
      // Any other response, such as "too many" or "too slow", confirms nothing.
      resolve(answer.statusCode === 303 && id ? id : null);
    });
    asked.end(body);
  });
}

function compare(file: string, acknowledged: ReadonlyMap<string, string>) {
  const db = new Sqlite(file, { readonly: true });
  const rows = db.prepare("select id, body from posts where body like 'Soak %'").all() as {
    id: string;
    body: string;
  }[];
  const integrity = db.pragma('integrity_check') as { integrity_check: string }[];
  const orphans = db.pragma('foreign_key_check') as unknown[];
  db.close();
  const bodyOf = new Map(rows.map(({ id, body }) => [id, body]));
  return {
    acknowledged: acknowledged.size,
    lost: [...acknowledged].filter(([body, id]) => bodyOf.get(id) !== body).length,
    doubled: rows.length - new Set(rows.map(({ body }) => body)).size,
    faults: [
      ...integrity.map((row) => row.integrity_check).filter((line) => line !== 'ok'),
      ...orphans.map(() => 'a reference to a row that is not there'),
    ],
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
