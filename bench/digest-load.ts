import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openApp } from '~/cli/compose';
import { LEARNED_KINDS } from '~/domain/barriers/lexicon';
import { composeDigest } from '~/domain/digests/compose';
import { parsePeriod } from '~/domain/digests/period';
import type { AppContext } from '~/platform/app-context';
import { readConfig } from '~/platform/config';
import { countries, regionOf } from '~/platform/places/places';
import { meToos, postBarriers, posts, threads, users } from '~db/schema';

/*
 * Time and memory for composing a digest of very many contributions. The texts are generated from a
 * few hundred words, so that they share terms like real ones.
 */

export interface DigestLoad {
  milliseconds: number;
  /** Peak memory of the process while composing, in MiB, minus the memory before. */
  mebibytes: number;
  /** The longest time in which the process could have answered no request, in ms. */
  longestPause: number;
}

const PERIOD = '2026-10';
const BATCH = 500;
/** Number of contributions per person. */
const PER_PERSON = 4;

/** Inserts generated contributions of one month into an empty installation. */
async function fillContributions(app: AppContext, count: number): Promise<void> {
  const period = parsePeriod(PERIOD);
  if (!period) throw new Error(`${PERIOD} is no period`);
  const now = period.start;
  const people = Math.ceil(count / PER_PERSON);
  await app.db.write(async (tx) => {
    for (let at = 0; at < people; at += BATCH) {
      await tx.insert(users).values(
        numbers(at, Math.min(people, at + BATCH)).map((n) => ({
          id: `load-u${n}`,
          handle: `load_${n}`,
          handleKey: `load_${n}`,
          createdAt: now,
        })),
      );
    }
    await tx.insert(threads).values({
      id: 'load-t',
      slug: 'load',
      title: 'What stands in your way?',
      state: 'open',
      language: 'en',
      authorId: 'load-u0',
      createdAt: now,
      activeAt: now,
    });
  });
  const length = period.end - period.start;
  for (let at = 0; at < count; at += BATCH) {
    const batch = numbers(at, Math.min(count, at + BATCH));
    await app.db.write(async (tx) => {
      await tx
        .insert(posts)
        .values(batch.map((n) => postOf(n, now + Math.floor((length * n) / count), people)));
      await tx
        .insert(postBarriers)
        .values(
          batch.flatMap((n) =>
            kindsOf(n).map((kind) => ({ postId: postId(n), kind, saidBy: 'author' as const })),
          ),
        );
      await tx.insert(meToos).values(
        batch.map((n) => ({
          postId: postId(n),
          userId: `load-u${(n * 7 + 1) % people}`,
          country: null,
          createdAt: now,
        })),
      );
    });
  }
}

/** Composes the world's digest of this many contributions, which are generated once in a folder. */
export async function timeDigest(count: number, folder: string): Promise<DigestLoad> {
  const period = parsePeriod(PERIOD);
  if (!period) throw new Error(`${PERIOD} is no period`);
  const file = join(folder, `contributions-${count}.db`);
  const isNew = !existsSync(file);
  const config = readConfig({ DATABASE_URL: `file:${file}` });
  const app = await openApp(config, { now: () => period.end });
  if (isNew) console.log(`Making ${count.toLocaleString('en')} contributions of one month (once)…`);
  if (isNew) await fillContributions(app, count);
  await app.db.analyze();
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  const pauses = monitorEventLoopDelay({ resolution: 5 });
  pauses.enable();
  const start = performance.now();
  const content = await composeDigest(app.db.reader, 'world', period, {
    community: app.community,
    minAuthors: config.digestMinAuthors,
    now: period.end,
  });
  const milliseconds = performance.now() - start;
  clearInterval(watch);
  pauses.disable();
  most = Math.max(most, process.memoryUsage().rss);
  await app.close();
  if (content?.totals.contributions !== count) throw new Error(`${file} is not whole: remove it`);
  const longestPause = pauses.max / 1e6;
  return { milliseconds, mebibytes: (most - before) / 2 ** 20, longestPause };
}

const WORDS =
  'the a our we cannot pay for card bank dollar model speech language village clinic school farm data server power line customs duty queue law permit office nurse teacher student phone tower outage price month never answer English dialect record form agency budget training cost machine hospital radio harvest market vendor contract export archive licence'.split(
    ' ',
  );

function postOf(n: number, createdAt: number, people: number): typeof posts.$inferInsert {
  const country = countries[(n * n + n) % countries.length]?.code ?? 'NG';
  const body = [sentence(n), sentence(n * 3 + 1), sentence(n * 5 + 2)].join(' ');
  return {
    id: postId(n),
    threadId: 'load-t',
    authorId: `load-u${n % people}`,
    state: 'visible',
    body,
    html: `<p>${body}</p>`,
    excerpt: body.slice(0, 80),
    language: 'en',
    country,
    region: regionOf(country),
    createdAt,
    shownAt: createdAt,
  };
}

function sentence(seed: number): string {
  const words = numbers(0, 14).map((at) => WORDS[(seed * (at + 3) + at * at) % WORDS.length]);
  const text = words.join(' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function kindsOf(n: number) {
  const kinds = [LEARNED_KINDS[n % LEARNED_KINDS.length], LEARNED_KINDS[(n * 3) % 7]];
  return [...new Set(n % 3 === 0 ? kinds : kinds.slice(0, 1))].flatMap((kind) => kind ?? []);
}

function postId(n: number): string {
  return `load-p${String(n).padStart(7, '0')}`;
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}
