/**
 * `npm run soak:mail`: kills a running `digest send` repeatedly and counts the emails that arrive.
 *
 * Subscribers and published digests are created in a separate database. Then the real command runs
 * against an SMTP server on loopback and is killed (SIGKILL) at random points: while it starts, fills
 * the outbox, talks to the server, or records sent emails. The last run is not killed. Every subscriber
 * must have got their email, nobody two different ones, and there may be no more repeats than kills.
 *
 * A killed run leaves one email claimed for ten minutes. To avoid this wait, the claims are set back
 * in the database before the last run.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { SMTPServer } from 'smtp-server';
import { root } from '../../app/cli/prepare.mjs';

const { values } = parseArgs({
  options: {
    subscribers: { type: 'string', default: '10000' },
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '30' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(`npm run soak:mail -- [--subscribers 10000] [--kills 100] [--seed 1] [--minutes 30] [--json]
Exit code 0: nothing lost, and at most one repeat for each kill. --minutes bounds the time for the
kills; fewer than were asked for are a failure. The last run has 20 minutes more.`);
  process.exit(0);
}
const subscribers = atLeast('subscribers', 1);
const kills = atLeast('kills', 0);
const deadline = Date.now() + atLeast('minutes', 1) * 60_000;
const random = generator(atLeast('seed', 0));

/** Kills by time, early in a run: while it starts and fills the outbox. */
const EARLY_SHARE = 0.2;
const EARLY_MS = 3000;
/** Kills by number of emails happen up to this long after one arrived (ms). */
const LATE_MS = 20;

/** Time limit of the last run, whatever time the kills took. */
const LAST_RUN_MS = 20 * 60_000;

/** Nothing in them could point to a person, which a moderator would have to decide about. */
const POSTS = [
  'Every month the bill for one card eats the seed money of our whole cooperative.',
  'The licence costs more than a teacher earns here in half a year of work.',
  'We cannot pay for the subscription any longer, since the price doubled.',
];

const SCOPES = ['world', '011', 'NG'];
const folder = mkdtempSync(join(tmpdir(), 'causeway-soak-'));
const file = join(folder, 'causeway.db');

const catcher = await listen();
const env = {
  ...process.env,
  DATABASE_URL: `file:${file}`,
  OUTBOX_DIR: join(folder, 'outbox'),
  SMTP_URL: `smtp://127.0.0.1:${catcher.port}`,
  DIGEST_MIN_AUTHORS: '1',
  DIGEST_OBJECTION_HOURS: '0',
  MAIL_PER_SECOND: '0',
};

let result;
try {
  publish();
  subscribe();
  result = await soak();
} finally {
  await catcher.close();
  rmSync(folder, { recursive: true, force: true });
}
report(result);
process.exit(result.ok ? 0 : 1);

async function soak() {
  const begun = Date.now();
  let killed = 0;
  let runs = 0;
  while (killed < kills && inTime()) {
    runs += 1;
    const left = subscribers - catcher.byAddress.size;
    // On average the kills are spread over all emails.
    const share = Math.floor((2 * random() * left) / (kills - killed + 1));
    const early = random() < EARLY_SHARE;
    if (await runAndKill(early ? null : share)) killed += 1;
    if (!values.json && killed % 10 === 0) {
      console.error(`  ${killed} kills, ${catcher.byAddress.size} of ${subscribers} reached`);
    }
    if (left === 0) break;
  }
  letLeasesPass();
  const last = await runToTheEnd();
  const copies = [...catcher.byMessage.values()];
  const repeats = copies.reduce((sum, n) => sum + n - 1, 0);
  const lost = subscribers - catcher.byAddress.size;
  const twoMails = [...catcher.byAddress.values()].filter((ids) => ids.size > 1).length;
  const waiting = counted('sent_at is null and failed_at is null');
  return {
    subscribers,
    kills: killed,
    runs: runs + 1,
    lost,
    repeats,
    mostCopies: Math.max(0, ...copies),
    readersWithTwoMails: twoMails,
    stillWaiting: waiting,
    seconds: Math.round((Date.now() - begun) / 1000),
    ok:
      last === 0 &&
      killed === kills &&
      lost === 0 &&
      twoMails === 0 &&
      waiting === 0 &&
      repeats <= killed &&
      Math.max(0, ...copies) <= 2,
  };
}

/** Runs the command and kills it; returns false if it had already ended. */
async function runAndKill(afterMails) {
  const run = start();
  let timer;
  const kill = () => run.child.kill('SIGKILL');
  if (afterMails === null) timer = setTimeout(kill, random() * EARLY_MS);
  else {
    catcher.countdown(afterMails + 1, () => {
      timer = setTimeout(kill, random() * LATE_MS);
    });
  }
  const { signal } = await run.ended;
  clearTimeout(timer);
  catcher.countdown(0, null);
  return signal === 'SIGKILL';
}

async function runToTheEnd() {
  const run = start();
  const guard = setTimeout(() => run.child.kill('SIGKILL'), LAST_RUN_MS);
  const { code } = await run.ended;
  clearTimeout(guard);
  return code;
}

function start() {
  const child = spawn(process.execPath, [join(root, 'build/causeway.js'), 'digest', 'send'], {
    env,
    stdio: 'ignore',
  });
  return {
    child,
    ended: new Promise((done) => child.once('exit', (code, signal) => done({ code, signal }))),
  };
}

/** Imports a conversation and publishes digests of it. */
function publish() {
  command('seed');
  const conversation = join(folder, 'conversation.jsonl');
  const lines = POSTS.map((body, at) => ({
    ...{ id: `p${at}`, thread: 1, replyTo: null, author: `author${at}`, name: `Author ${at}` },
    ...{ country: 'NG', industry: null, language: 'en', createdAt: `2026-10-0${at + 1}T09:00:00Z` },
    ...{ body, barriers: ['cost'], pillars: [] },
  }));
  writeFileSync(conversation, lines.map((line) => JSON.stringify(line)).join('\n'));
  command('import', conversation);
  for (const scope of SCOPES) {
    const built = command('digest', 'build', '--scope', scope, '--period', '2026-10', '--json');
    command('digest', 'publish', JSON.parse(built).id);
  }
}

function command(...args) {
  const done = spawnSync(process.execPath, [join(root, 'build/causeway.js'), ...args], {
    env,
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(`causeway ${args.join(' ')}: ${done.stderr}`);
  return done.stdout;
}

function subscribe() {
  const db = new Database(file);
  const reader = db.prepare(
    `insert into subscriptions (id, email, email_key, language, frequency, state, created_at, confirmed_at)
     values (?, ?, ?, ?, 'weekly', 'active', ?, ?)`,
  );
  const place = db.prepare(
    'insert into subscription_scopes (subscription_id, scope) values (?, ?)',
  );
  const now = Date.now();
  db.transaction(() => {
    for (let n = 0; n < subscribers; n += 1) {
      const id = `soak-${String(n).padStart(7, '0')}`;
      const email = `reader${n}@example.org`;
      reader.run(id, email, email, ['en', 'fr', 'ar'][n % 3], now, now);
      place.run(id, SCOPES[n % 3]);
      if (n % 2 === 0) place.run(id, SCOPES[(n + 1) % 3]);
    }
  })();
  db.close();
}

function letLeasesPass() {
  const db = new Database(file);
  db.prepare('update mails set lease_until = 0 where sent_at is null and lease_until > 0').run();
  db.close();
}

function counted(where) {
  const db = new Database(file, { readonly: true });
  const { n } = db.prepare(`select count(*) as n from mails where ${where}`).get();
  db.close();
  return n;
}

/** An SMTP server on loopback that only records which message was sent to whom. */
async function listen() {
  const byMessage = new Map();
  const byAddress = new Map();
  let left = 0;
  let reached = null;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    closeTimeout: 100,
    onData(stream, session, answer) {
      let head = '';
      stream.on('data', (chunk) => {
        if (head.length < 8192) head += chunk;
      });
      stream.on('end', () => {
        // A long Message-ID stands on a line of its own (RFC 5322, 2.2.3).
        const id = /^Message-ID:\s+(\S+)/im.exec(head)?.[1] ?? 'none';
        byMessage.set(id, (byMessage.get(id) ?? 0) + 1);
        for (const { address } of session.envelope.rcptTo) {
          byAddress.set(address, (byAddress.get(address) ?? new Set()).add(id));
        }
        left -= 1;
        if (left === 0) reached?.();
        answer();
      });
    },
  });
  server.on('error', () => undefined); // A killed sender resets its connection.
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    byMessage,
    byAddress,
    port: server.server.address().port,
    countdown(mails, then) {
      left = mails;
      reached = then;
    },
    close: () => new Promise((done) => server.close(done)),
  };
}

function report({ ok, ...figures }) {
  if (values.json) {
    console.log(JSON.stringify({ ok, ...figures }));
    return;
  }
  for (const [name, figure] of Object.entries(figures)) {
    console.log(`${name.padEnd(22)}${String(figure).padStart(8)}`);
  }
  console.log(ok ? 'Nothing lost, at most one repeat for each kill.' : 'FAILED');
}

function inTime() {
  if (Date.now() < deadline) return true;
  console.error('  out of time: the last run begins');
  return false;
}

function atLeast(name, least) {
  const number = Number(values[name]);
  if (Number.isInteger(number) && number >= least) return number;
  console.error(`--${name}: a whole number from ${least} on`);
  process.exit(2);
}

/** Random number generator (mulberry32) that repeats for the same seed. */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
