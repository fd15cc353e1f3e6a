import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { openApp } from '~/cli/compose';
import { defaultCommunity } from '~/domain/community/seed-community';
import { lastCompletePeriod } from '~/domain/digests/period';
import { seedOnce } from '~/domain/import-export/seed';
import { rebuildStaleIndex } from '~/domain/ops/rebuild-search-index';
import { readConfig } from '~/platform/config';
import { regionOf } from '~/platform/places/places';
import { tokenize } from '~/platform/text/tokens';
import { dropTriggers } from '~db/sqlite';
import { chance } from '../tools/random';

/** Increase it when the generated data change. Schema changes are applied by migrations. */
const EDITION = 2;

/** A generated database. */
export interface DataSet {
  file: string;
  posts: number;
  /** A typical thread with 100 contributions. */
  thread: { id: string; slug: string };
  /** A thread with 20 posts, all on one page. */
  shortThread: { id: string; slug: string };
}

const CONTRIBUTIONS = 100;
const SHORT_THREAD = 5;
/** A Monday; the posts are from the days before. */
const END = Date.parse('2026-11-01T00:00:00Z');
const SPAN = 300 * 86_400_000;

const VOCABULARY =
  `the of to and in we our it is not for with a are that on they have this from as can
  at pay month card school clinic power data model language team price train bank phone network local
  farmers nurses teachers pupils credit dollars exchange rate laptop licence cloud server bandwidth
  electricity outage generator fuel translate dialect records forms paper trust privacy ministry rules
  tender vendor contract support manual radio voice tool answers wrong names villages district region
  cooperative harvest weather advice office manager workshop course mentor library papers access`
    .split(/\s+/)
    .filter(Boolean);
/** Occurs in one of a thousand posts. */
export const RARE_WORD = 'loadshedding';
/** Occurs in one of ten posts. */
export const COMMON_WORD = 'generator';

const COUNTRIES = ['NG', 'KE', 'IN', 'BR', 'DE', 'FR', 'US', 'ID', 'EG', 'MX', 'PH', 'ZA', 'PK'];

/**
 * Returns a database with this many posts, created once and stored in `data/bench`: threads of 100
 * contributions, one person per twenty posts, an "I face this too" for every second post, barrier
 * kinds for two of five. The rows are inserted directly, without the domain code, but can be read
 * by it; the same seed gives the same rows.
 */
export async function dataSet(posts: number, folder: string): Promise<DataSet> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `posts-${posts}-${EDITION}.db`);
  if (!existsSync(file)) {
    const started = Date.now();
    console.log(`Making a database of ${posts.toLocaleString('en')} posts (once)…`);
    const making = `${file}.making`;
    for (const end of ['', '-wal', '-shm']) rmSync(making + end, { force: true });
    await fill(making, posts);
    renameSync(making, file);
    console.log(`  ${Math.round((Date.now() - started) / 1000)} s`);
  }
  await settle(file);
  return { file, posts, thread: named(7), shortThread: named(SHORT_THREAD) };
}

function named(thread: number): DataSet['thread'] {
  return { id: `bench-thread-${thread}`, slug: `bench-thread-${thread}` };
}

/**
 * Migrates the database, fills its kept figures and runs the background jobs of the first minutes, which
 * would otherwise be measured along with the pages.
 */
async function settle(file: string): Promise<void> {
  const app = await openApp(readConfig({ DATABASE_URL: `file:${file}` }), { now: () => END });
  // A set that was made before the index changed would be indexed again while it is measured.
  await rebuildStaleIndex(app);
  await app.close();
  const db = new Sqlite(file);
  db.exec(
    'update users set handle_skeleton = handle_key, handle_look = handle_key where handle_look is null',
  );
  const done = db.prepare(
    `insert into digest_plans (period, scope, state, changed_at) values (?, 'world', 'thin', 0)
     on conflict do nothing`,
  );
  for (const kind of ['week', 'month', 'quarter'] as const) {
    done.run(lastCompletePeriod(Date.now(), kind).id);
  }
  db.exec("update digest_plans set state = 'thin'");
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}

async function fill(file: string, total: number): Promise<void> {
  const clock = { now: () => END - SPAN };
  const app = await openApp(
    readConfig({ DATABASE_URL: `file:${file}`, HOLD_FIRST_POSTS: '0' }),
    clock,
  );
  await seedOnce(app);
  // Prevents indexing in the background during the measurement.
  await rebuildStaleIndex(app);
  await app.close();
  const db = new Sqlite(file);
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('foreign_keys = OFF');
  db.pragma('cache_size = -400000');
  dropTriggers(db);
  const random = chance(7);
  const texts = Array.from({ length: 3000 }, () => sentence(random));
  db.exec('BEGIN');
  insertRows(db, total, texts, random);
  insertKeyPoints(db);
  // The figures that were kept of the empty site are not those of these rows.
  db.exec("delete from settings where name = 'kept-figures'");
  db.exec('COMMIT');
  db.pragma('journal_mode = WAL');
  db.close();
}

function insertRows(db: Sqlite.Database, total: number, texts: Sentence[], random: () => number) {
  const into = (table: string, columns: string[]) =>
    db.prepare(
      `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
    );
  const user = into('users', [
    'id',
    'handle',
    'handle_key',
    'country',
    'created_at',
    'confirmed_at',
  ]);
  const thread = into('threads', [
    ...['id', 'slug', 'title', 'state', 'language', 'author_id', 'created_at', 'active_at'],
  ]);
  const threadPillar = into('thread_pillars', ['thread_id', 'pillar']);
  const post = into('posts', [
    ...['id', 'thread_id', 'author_id', 'is_opening', 'parent_id', 'reply_to_id', 'state', 'body'],
    ...['html', 'excerpt', 'language', 'country', 'region', 'industry', 'created_at', 'shown_at'],
  ]);
  const kind = into('post_barriers', ['post_id', 'kind', 'said_by']);
  const pillar = into('post_pillars', ['post_id', 'pillar']);
  const meToo = into('me_toos', ['post_id', 'user_id', 'country', 'created_at']);
  const entry = into('search_entries', ['kind', 'ref']);
  const indexed = into('search_text', ['rowid', 'title', 'body']);

  const people = Math.max(50, Math.floor(total / 20));
  for (let i = 0; i < people; i++) {
    user.run(`u${i}`, `person_${i}`, `person_${i}`, COUNTRIES[i % COUNTRIES.length], 0, 0);
  }
  const { kinds, pillars } = defaultCommunity();
  const step = SPAN / total;
  let written = 0;
  for (let t = 0; written < total; t++) {
    const id = `bench-thread-${t}`;
    // Threads overlap in time: each gets its posts within a tenth of the whole period.
    const from = END - SPAN + (SPAN * 0.9 * t * (CONTRIBUTIONS + 1)) / total;
    const at = (n: number) => Math.floor(from + n * step * 10);
    const words = pick(texts, random);
    const wanted = t === SHORT_THREAD ? 20 : CONTRIBUTIONS + 1;
    const posts = Math.min(wanted, total - written);
    const title = words.body.slice(0, 60);
    thread.run(id, id, title, 'open', 'en', `u${t % people}`, at(0), at(posts - 1));
    threadPillar.run(id, pillars[t % pillars.length]);
    let contribution: string | null = null;
    for (let n = 0; n < posts; n++) {
      const postId = `p${t}-${n}`;
      const isReply = n > 0 && n % 3 === 0;
      const { body, tokens } = n === 0 ? words : pick(texts, random);
      const author = Math.floor(random() * people);
      const country = COUNTRIES[author % COUNTRIES.length] as string;
      const region = regionOf(country);
      const parent = isReply ? contribution : null;
      if (n > 0 && !isReply) contribution = postId;
      post.run(
        ...[postId, id, `u${author}`, n === 0 ? 1 : 0, parent, parent, 'visible', body],
        ...[`<p>${body}</p>\n`, body.slice(0, 160), 'en', country, region, 'P', at(n), at(n)],
      );
      if (random() < 0.4) kind.run(postId, pick(kinds, random), 'author');
      if (random() < 0.2) pillar.run(postId, pick(pillars, random));
      if (random() < 0.5) meToo.run(postId, `u${(author + 1) % people}`, country, at(n));
      const { lastInsertRowid } = entry.run('post', postId);
      indexed.run(lastInsertRowid, n === 0 ? tokenOf(title) : '', tokens);
    }
    written += posts;
  }
}

/** Every fourth report is in a key point, with forty of one kind and region in each. */
function insertKeyPoints(db: Sqlite.Database): void {
  db.exec(`create temp table picked as
    select posts.id, 'k-' || kind || '-' || region || '-' || ((row_number() over (
        partition by kind, region order by posts.created_at, posts.id) - 1) / 40) as point,
      kind, region, posts.created_at
    from posts join post_barriers on post_id = posts.id where not is_opening and posts.rowid % 4 = 0;
    insert into key_points (id, kind, region, created_at)
      select point, kind, region, min(created_at) from picked group by point, kind, region;
    insert into key_point_posts (post_id, key_point_id, said_by, created_at)
      select id, point, 'moderator', created_at from picked where true on conflict do nothing;
    insert into key_point_texts
        (key_point_id, language, title, sentence, proposed_by, accepted_at)
      select id, 'en', 'Barrier ' || id, 'Barrier ' || id || '.', 'person', created_at from key_points`);
}

interface Sentence {
  body: string;
  /** As in the search index. */
  tokens: string;
}

function sentence(random: () => number): Sentence {
  const words = Array.from({ length: 45 }, () => pick(VOCABULARY, random)).filter(
    (word) => word !== COMMON_WORD,
  );
  if (random() < 0.1) words[5] = COMMON_WORD;
  if (random() < 0.001) words[9] = RARE_WORD;
  const body = `${words.join(' ')}.`;
  return { body: body.charAt(0).toUpperCase() + body.slice(1), tokens: tokenOf(body) };
}

function tokenOf(text: string): string {
  return tokenize(text)
    .map(({ folded }) => folded)
    .join(' ');
}

function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)] as T;
}
