/**
 * `npm run simulate`: what a hundred million posts, ten million readers a day and a million
 * subscribers would ask of machines, computed from what the bench measured, and two simulations of
 * what cannot be measured on one machine: writers that wait for a lock, and readers of replicas who
 * must see what they wrote. The same seed gives the same numbers; docs/scale.md quotes them.
 */
import { chance } from '../tools/random';
import { quantile } from './load';
import { short } from './table';

/** Processor time and sizes, measured (docs/running.md, docs/scale.md). Change them to plan with yours. */
const MEASURED = {
  /** ms of processor */
  storedPage: 0.3,
  visitorPage: 5.7,
  memberPage: 8.3,
  reply: 19,
  digestMail: 13,
  /** bytes */
  page: 12_000,
  post: 1_500,
  figuresOfPost: 140,
  mailRow: 600,
  /** statements of a reply, one after the other */
  statements: 40,
};

/** Assumed; each is a line to argue about. */
const ASSUMED = {
  posts: 100e6,
  readers: 10e6,
  pagesEach: 4,
  /** Busiest hour against the mean of the day. */
  peak: 3,
  /** Of the pages, how many are for people who are logged in. */
  members: 0.05,
  /** Of the visitors' pages, how many the store or a CDN has. */
  stored: 0.9,
  /** Of the readers, how many write that day. */
  writing: 0.01,
  subscribers: 1e6,
  /** Of one core, how much is planned for at the peak. */
  busy: 0.6,
  /** ms to the database and back, in one data centre */
  roundTrip: 0.4,
  /** ms in which the database runs one statement, and flushes a commit */
  statement: 0.15,
  flush: 1,
};

const DAY = 86_400;

type Line = [what: string, value: string];

/** What the load asks of processors, disks and mail. */
function capacity(): Line[] {
  const pages = (ASSUMED.readers * ASSUMED.pagesEach * ASSUMED.peak) / DAY;
  const member = pages * ASSUMED.members;
  const anew = (pages - member) * (1 - ASSUMED.stored);
  const stored = pages - member - anew;
  const writes = (ASSUMED.readers * ASSUMED.writing * ASSUMED.peak) / DAY;
  const cores = (rate: number, ms: number) => (rate * ms) / 1_000 / ASSUMED.busy;
  const ofPages =
    cores(stored, MEASURED.storedPage) +
    cores(anew, MEASURED.visitorPage) +
    cores(member, MEASURED.memberPage);
  return [
    ['pages a second, busiest hour', whole(pages)],
    [
      'of them from the store · made anew · for members',
      [stored, anew, member].map(whole).join(' · '),
    ],
    ['cores for pages', whole(ofPages)],
    [
      'the same with nothing in the store',
      whole(cores(pages - member, MEASURED.visitorPage) + cores(member, MEASURED.memberPage)),
    ],
    ['posts a second, busiest hour', short(writes)],
    ['cores for posts', short(cores(writes, MEASURED.reply))],
    ['bandwidth, busiest hour', `${whole((pages * MEASURED.page * 8) / 1e6)} Mbit/s`],
    ['posts on disk', `${whole((ASSUMED.posts * MEASURED.post) / 1e9)} GB`],
    ['figures beside them', `${whole((ASSUMED.posts * MEASURED.figuresOfPost) / 1e9)} GB`],
    [
      'a digest to all subscribers: rows',
      `${short((ASSUMED.subscribers * MEASURED.mailRow) / 1e9)} GB`,
    ],
    [
      'the same: one process',
      `${short((ASSUMED.subscribers * MEASURED.digestMail) / 3.6e6)} hours`,
    ],
  ];
}

/**
 * Posts that arrive at random and hold a lock for their transaction: one lock for the site, as
 * now, or one for each thread, with `connections` transactions at a time. Threads are busy by Zipf's
 * law. Returns the waits in ms, sorted.
 */
function waits(perSecond: number, threads: number, connections: number): number[] {
  const random = chance(17);
  const hold = MEASURED.statements * (ASSUMED.roundTrip + ASSUMED.statement) + ASSUMED.flush;
  const popular = zipf(threads);
  const lockFree = new Map<number, number>();
  const freeAt = new Array<number>(connections).fill(0);
  const found: number[] = [];
  let now = 0;
  for (let n = 0; n < 20_000; n++) {
    now += (-Math.log(1 - random()) / perSecond) * 1_000;
    const thread = popular(random());
    const first = freeAt.indexOf(Math.min(...freeAt));
    const begin = Math.max(now, freeAt[first] ?? 0, lockFree.get(thread) ?? 0);
    lockFree.set(thread, begin + hold);
    freeAt[first] = begin + hold;
    found.push(begin - now);
  }
  return found.sort((a, b) => a - b);
}

/**
 * People who write and are led to their post, where a replica answers once it has replayed what they
 * wrote, or the primary does after `patience` ms. The delay of a replica is lognormal, and now and then a
 * long transaction holds it up for seconds.
 */
function ownWrites(medianLag: number, patience: number) {
  const random = chance(23);
  const waited: number[] = [];
  let toPrimary = 0;
  const people = 100_000;
  for (let n = 0; n < people; n++) {
    const stalled = random() < 0.002 ? random() * 5_000 : 0;
    const lag = medianLag * Math.exp(0.8 * normal(random)) + stalled;
    // The answer goes to the person and the next request comes back.
    const away = 60 + random() * 400;
    const wait = Math.max(0, lag - away);
    if (wait > patience) toPrimary++;
    waited.push(Math.min(wait, patience));
  }
  waited.sort((a, b) => a - b);
  return {
    waiting: waited.filter((ms) => ms > 0).length / people,
    p99: quantile(waited, 0.99),
    toPrimary: toPrimary / people,
  };
}

function zipf(threads: number): (uniform: number) => number {
  const sums: number[] = [];
  let sum = 0;
  for (let n = 1; n <= threads; n++) {
    sum += 1 / n;
    sums.push(sum);
  }
  return (uniform) => {
    const wanted = uniform * sum;
    let [low, high] = [0, threads - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** A standard normal number (Box and Muller). */
const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

const whole = (value: number): string => Math.round(value).toLocaleString('en');
const percent = (share: number): string => `${short(share * 100)} %`;

function print(head: readonly string[], lines: readonly (readonly string[])[]): void {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  console.log([row(head), row(head.map(() => '---')), ...lines.map(row)].join('\n'), '\n');
}

print(['what', 'asked'], capacity());
print(
  ['posts a second', 'one lock: median · 99 of 100', 'a lock for each thread, 20 connections'],
  [5, 20, 40, 60, 200, 600].map((rate) => {
    const told = (sorted: number[]) =>
      quantile(sorted, 0.5) > 10_000
        ? 'refused'
        : `${whole(quantile(sorted, 0.5))} · ${whole(quantile(sorted, 0.99))} ms`;
    return [String(rate), told(waits(rate, 1, 1)), told(waits(rate, 10_000, 20))];
  }),
);
print(
  ['delay of the replica', 'wait at all', '99 of 100 wait', 'sent to the primary'],
  [20, 100, 300, 1_000].map((lag) => {
    const { waiting, p99, toPrimary } = ownWrites(lag, 500);
    return [`${lag} ms`, percent(waiting), `${whole(p99)} ms`, percent(toPrimary)];
  }),
);
