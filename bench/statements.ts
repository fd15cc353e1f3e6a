/**
 * `node bench/run.mjs statements`: asks a site of 10,000 posts for its pages as a visitor and as a
 * member, writes a reply, and sorts the statements that reached the database by what they would need if
 * the tables were spread over machines by thread (docs/scale.md).
 */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getTableColumns } from 'drizzle-orm';
import { RULES, type TableKey, tableName } from '~db/cache-tags';
import type { Table } from '~db/dialect';
import * as schema from '~db/schema';
import * as figures from '~db/schema/figures';
import { tablesNamedIn } from '~db/statement-tables';
import { dataSet } from './data-set';
import { keptConnections, send } from './load';
import { STRANGE_COOKIE } from './processor';
import { serveCauseway } from './server';
import { openSessions, replier } from './writers';

/** Which key says where a table's rows are. Figures are on one machine, small tables on every. */
type Place = 'thread' | 'person' | 'figures' | 'everywhere';

const PATHS = [
  ...['/', '/threads', '/threads?sort=top', '/threads?region=011', '/search?q=bank+pay'],
  ...['/search?q=bank&region=011', '/barriers', '/barriers?region=011', '/barriers/kinds/cost'],
  ...['/countries/NG', '/regions/011', '/feed.xml', '/regions/011/feed.xml'],
  ...['/sitemap.xml', '/digests', '/barriers.json', '/moderation'],
];
const OWN_PATHS = ['/you', '/notifications', '/following', '/bookmarks', '/settings', '/drafts'];

const TABLES: Record<string, unknown> = schema;

function placeOf(key: TableKey): Place {
  if (key in figures) return 'figures';
  const columns = Object.values(getTableColumns(TABLES[key] as Table)).map(({ name }) => name);
  if (key === 'users' || columns.includes('user_id')) return 'person';
  const ofThread =
    key === 'threads' || columns.includes('thread_id') || columns.includes('post_id');
  return ofThread ? 'thread' : 'everywhere';
}

const PLACES = new Map((Object.keys(RULES) as TableKey[]).map((key) => [key, placeOf(key)]));

const isBy = (columns: string) => new RegExp(`"(?:${columns})" (?:= \\?|in \\()`);
const BY_THREAD = isBy('thread_id|threads"."id');
const BY_PERSON = isBy('user_id|author_id|person_id|users"."id');
const BY_POST = isBy('post_id|posts"."id|parent_id|ref');

/** What a statement needs where tables are spread by thread, and people by their id. */
function needOf(statement: string): string {
  const places = new Set(tablesNamedIn(statement).map((key) => PLACES.get(key)));
  if (places.has('figures')) return places.size > 1 ? 'figures joined with others' : 'figures';
  if (/^insert/i.test(statement)) return 'a new row: its machine is known';
  if (!places.has('thread') && !places.has('person')) return 'small tables alone';
  if (!places.has('thread'))
    return BY_PERSON.test(statement) ? 'one person' : 'people by other keys';
  const people = places.has('person') ? ', joined with people' : '';
  if (BY_THREAD.test(statement)) return `one thread${people}`;
  return BY_POST.test(statement) ? `posts by their ids${people}` : `all machines${people}`;
}

/** Loaded into the server: writes each statement that is prepared to a file. */
const RECORDER = `
  import { appendFileSync } from 'node:fs';
  import { createRequire } from 'node:module';
  const Database = createRequire(process.cwd() + '/package.json')('better-sqlite3');
  const prepare = Database.prototype.prepare;
  Database.prototype.prepare = function (words) {
    appendFileSync(process.env.STATEMENTS, JSON.stringify(words) + '\\n');
    return prepare.call(this, words);
  };`;

const work = mkdtempSync(join(tmpdir(), 'causeway-statements-'));
try {
  const { file, thread } = await dataSet(10_000, 'data/bench');
  const copy = join(work, 'causeway.db');
  copyFileSync(file, copy);
  const [member = '', writer = ''] = openSessions(copy, 2);
  const recorder = join(work, 'recorder.mjs');
  const list = join(work, 'statements');
  writeFileSync(recorder, RECORDER);
  writeFileSync(list, '');
  const causeway = await serveCauseway(copy, join(work, 'outbox'), {
    args: ['--import', recorder],
    env: { STATEMENTS: list },
  });
  const agent = keptConnections(1);
  const paths = [...PATHS, `/t/${thread.id}/${thread.slug}`];
  for (const [Cookie, asked] of [
    [STRANGE_COOKIE, paths],
    [member, [...paths, ...OWN_PATHS]],
  ] as const) {
    for (const path of asked) {
      const status = await send(agent, causeway.url + path, { headers: { Cookie } });
      if (status >= 400) console.error(`${path} answered ${status}`);
    }
  }
  await replier(causeway.url, [thread.id], [writer])(agent);
  agent.destroy();
  await causeway.stop();
  const all = readFileSync(list, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as string);
  printNeeds([...new Set(all.map(shapeOf))]);
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** A statement without the number of its placeholders. */
function shapeOf(statement: string): string {
  return statement.replace(/\s+/g, ' ').replace(/\((?:\?(?:, )?)+\)/g, '(?)');
}

function printNeeds(statements: readonly string[]): void {
  const asked = statements.filter((one) => tablesNamedIn(one).length > 0);
  const groups = Map.groupBy(asked, needOf);
  const sorted = [...groups].sort(([, one], [, other]) => other.length - one.length);
  console.log('| what it needs | statements |\n|---|---:|');
  for (const [need, found] of sorted) console.log(`| ${need} | ${found.length} |`);
  console.log(`| all | ${asked.length} |`);
  if (!process.argv.includes('--list')) return;
  for (const [need, found] of sorted) {
    console.log(`\n${need}:`);
    for (const one of found) {
      console.log(`  ${tablesNamedIn(one).map(tableName).join(', ')}: ${one.slice(0, 160)}`);
    }
  }
}
