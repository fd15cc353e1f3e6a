import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Sqlite from 'better-sqlite3';
import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { seedCommunity } from '~/domain/community/seed-community';
import { seedOnce } from '~/domain/import-export/seed';
import { migrateDatabase } from '~db/client';
import { DIALECT } from '~db/dialect';
import { terms, termTexts } from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { MIGRATIONS } from './support/migrations';

/*
 * The demonstration as the program stored and showed it when pillars and kinds were still part of its code.
 * `causeway.db.gz` is its SQLite database, `facts.json` what its pages and API then said.
 */

const FIXTURES = 'tests/fixtures/earlier-site';
const earlier = JSON.parse(readFileSync(`${FIXTURES}/facts.json`, 'utf8')) as {
  links: string[];
  figures: Record<string, ReturnType<typeof figuresIn>>;
  digests: Record<string, ReturnType<typeof digestIn>>;
};

/** Made anew by the program: what is stored of pages, the index of the search, statistics, its own steps. */
const DERIVED = /^(?:search_text|cache_tags|sqlite_|__drizzle|settings$)/;

type Rows = Record<string, { columns: string[]; rows: string[] }>;

function rowsIn(file: string, wanted?: Rows): Rows {
  const database = new Sqlite(file, { readonly: true });
  const names = database.prepare(`select name from sqlite_master where type = 'table'`);
  const tables = (wanted ? Object.keys(wanted) : (names.pluck().all() as string[])).filter(
    (table) => !DERIVED.test(table),
  );
  const found = tables.map((table) => {
    const info = database.pragma(`table_info("${table}")`) as { name: string }[];
    const columns = wanted?.[table]?.columns ?? info.map(({ name }) => name);
    const select = `select ${columns.map((name) => `"${name}"`)} from "${table}"`;
    const rows = database.prepare(select).raw().all();
    return [table, { columns, rows: rows.map((row) => JSON.stringify(row)).sort() }];
  });
  database.close();
  return Object.fromEntries(found) as Rows;
}

interface Figures {
  people: number;
  kinds: { kind: string; people: number }[];
  places: { place: string | null; people: number; kinds: Figures['kinds'] }[];
}

function figuresIn({ people, kinds, places }: Figures) {
  const byKind = (of: Figures['kinds']) =>
    Object.fromEntries(of.map((one) => [one.kind, one.people]));
  return {
    people,
    kinds: byKind(kinds),
    places: Object.fromEntries(
      places.map(({ place, people, kinds }) => [place ?? '', { people, kinds: byKind(kinds) }]),
    ),
  };
}

interface DigestData {
  contentHash: string;
  title: string;
  totals: unknown;
  barriers: { kind: string; people: number }[];
  sources: { postId: string }[];
}

function digestIn(data: DigestData) {
  const { contentHash, title, totals, barriers, sources } = data;
  return {
    ...{ contentHash, title, totals },
    barriers: Object.fromEntries(barriers.map(({ kind, people }) => [kind, people])),
    sources: sources.map(({ postId }) => postId),
    quotes: quotesIn(data),
  };
}

/** All quotes, wherever they stand, as post and text. */
function quotesIn(value: unknown): [string, string][] {
  if (typeof value !== 'object' || value === null) return [];
  const { postId, text, hash } = value as Record<string, unknown>;
  const own: [string, string][] = hash !== undefined ? [[String(postId), String(text)]] : [];
  return [...own, ...Object.values(value).flatMap(quotesIn)];
}

describe.skipIf(DIALECT !== 'sqlite')('a site of before communities were data', () => {
  let causeway: TestCauseway;
  let before: Rows;
  let file: string;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'causeway-earlier-'));
    file = join(folder, 'causeway.db');
    writeFileSync(file, gunzipSync(readFileSync(`${FIXTURES}/causeway.db.gz`)));
    before = rowsIn(file);
    await migrateDatabase(`file:${file}`, MIGRATIONS);
    causeway = await startTestCauseway({ DATABASE_URL: `file:${file}` });
    causeway.clock.set('2026-11-30T12:00:00Z');
    await seedOnce(causeway.app);
    return async () => {
      await causeway.close();
      rmSync(folder, { recursive: true });
    };
  });

  it('keeps every row', () => {
    expect(before.posts?.rows.length).toBe(87);
    expect(Object.keys(before).length).toBeGreaterThan(55);
    expect(rowsIn(file, before)).toEqual(before);
  });

  const get = async (path: string) => JSON.parse((await causeway.client().get(path)).text);

  it.each(Object.keys(earlier.figures))('counts the same in %s', async (place) => {
    const region = place === 'world' ? '' : `region=${place}&`;
    const { figures } = await get(`/api/v1/barriers?${region}from=2026-01&to=2026-11`);
    expect(figuresIn(figures)).toEqual(earlier.figures[place]);
  });

  it.each(Object.keys(earlier.digests))('shows the same digest: %s', async (key) => {
    const [scope, period, version] = key.split('/');
    const data = await get(`/digests/${scope}/${period}/v/${version}.json`);
    expect(digestIn(data)).toEqual(earlier.digests[key]);
  });

  it('asks the first question in the words of before, also where the other texts were data already', async () => {
    const { db } = causeway.app;
    const firstQuestion = earlier.links.find((link) => link.startsWith('/t/q1/')) ?? '';
    const label = async () => {
      const { $ } = await causeway.client().get(firstQuestion);
      return $('label[for=body]').first().text();
    };
    expect(await label()).toBe('What stands in the way?');
    const isIt = and(eq(terms.vocabulary, 'text'), eq(terms.slug, 'first-answer'));
    await db.write(async (tx) => {
      await tx.delete(termTexts).where(eq(termTexts.slug, 'first-answer'));
      await tx.delete(terms).where(isIt);
      await seedCommunity(tx, 0);
    });
    expect(await label()).toBe('What stands in the way?');
    // A keeper who took the words away keeps it so.
    await db.write(async (tx) => {
      await tx.delete(termTexts).where(eq(termTexts.slug, 'first-answer'));
      await tx.update(terms).set({ position: 99 }).where(isIt);
      await seedCommunity(tx, 0);
    });
    expect(await label()).toBe('Your answer');
  });

  it('answers at every link', async () => {
    expect(earlier.links.length).toBe(65);
    for (const link of earlier.links) {
      expect([link, (await causeway.client().get(link)).status]).toEqual([link, 200]);
    }
  });
});
