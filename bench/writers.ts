import { createHash, randomBytes, randomUUID } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { keptConnections, send } from './load';

/** Below the limit of 30 posts per person in ten minutes; the writers take turns. */
const POSTS_EACH = 28;

/** Returns cookies of new sessions for members of a data set, written directly to the database. */
export function openSessions(file: string, count: number): string[] {
  const db = new Sqlite(file, { timeout: 5000 });
  const now = Date.now();
  const insert = db.prepare(
    'insert into sessions (id, user_id, created_at, expires_at, proven_at) values (?, ?, ?, ?, ?)',
  );
  const cookies = Array.from({ length: count }, (_, n) => {
    const token = randomBytes(20).toString('hex');
    const id = createHash('sha256').update(token).digest('hex');
    insert.run(id, `u${n}`, now, now + 86_400_000, now);
    return `causeway_session=${token}`;
  });
  db.close();
  return cookies;
}

/** Returns an IP address in a separate network, because posts per network are limited. */
export function networkOf(person: number): string {
  return `2001:db8:${person.toString(16)}::1`;
}

/** Counts all replies of a run, so that none has the text of another. */
let turn = 0;

/** Writes replies, each by the next member in turn, and counts the stored ones. */
export function replier(url: string, threadIds: readonly string[], cookies: readonly string[]) {
  return async (agent = keptConnections(1)): Promise<void> => {
    const n = turn++;
    const person = Math.floor(n / POSTS_EACH) % cookies.length;
    const status = await send(agent, `${url}/t/${threadIds[n % threadIds.length]}`, {
      headers: { Cookie: cookies[person] ?? '', 'X-Forwarded-For': networkOf(person) },
      form: { body: `Written by the bench, ${n}: the line failed again.`, key: randomUUID() },
    });
    if (status !== 303) throw new Error(`a reply was answered ${status}`);
  };
}

/** Replies per second of several writers, each waiting for its response before the next. */
export async function writeReplies(
  reply: ReturnType<typeof replier>,
  { writers, seconds }: { writers: number; seconds: number },
): Promise<number> {
  const agent = keptConnections(writers);
  const started = performance.now();
  const until = started + seconds * 1000;
  let stored = 0;
  const writer = async () => {
    while (performance.now() < until) {
      await reply(agent);
      stored++;
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  agent.destroy();
  return stored / ((performance.now() - started) / 1000);
}

/**
 * The limit: inserts of rows of the same size into the same table, each durable before the next,
 * per second.
 */
export function rawInserts(file: string, seconds: number): number {
  const db = new Sqlite(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  const insert = db.prepare(`insert into posts
    (id, thread_id, author_id, is_opening, state, body, html, excerpt, language, created_at, shown_at)
    values (?, 'bench-thread-3', 'u1', 0, 'visible', ?, ?, ?, 'en', ?, ?)`);
  const text = 'Written by the bench: the line failed again.';
  const started = performance.now();
  let stored = 0;
  while (performance.now() - started < seconds * 1000) {
    const now = Date.now();
    insert.run(`raw-${randomUUID()}`, text, `<p>${text}</p>`, text, now, now);
    stored++;
  }
  const rate = stored / ((performance.now() - started) / 1000);
  db.close();
  return rate;
}
