import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { and, eq, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeKeyPoint } from '~/domain/barriers/key-points/change';
import { countStances } from '~/domain/barriers/key-points/stance-places';
import { composeDigest } from '~/domain/digests/compose';
import { parseDigestKey } from '~/domain/digests/digest-key';
import { buildDigest, publishDigest } from '~/domain/digests/digests';
import { parsePeriod } from '~/domain/digests/period';
import { exportData } from '~/domain/import-export/export-data';
import { sendDueDigests } from '~/jobs/mail';
import { DAY } from '~/platform/clock';
import { keyPointStances, meToos, settings, subscriptionScopes, subscriptions } from '~db/schema';
import type { Stance } from '~db/schema/evidence';
import { startTestCauseway, type TestCauseway, TestClock } from './support/causeway';
import { addMember, addPost, addThread, type Member } from './support/community';

/*
 * Who takes a stance is private, and where they are, unless enough people say the same there. All
 * public output is attacked together: pages, JSON, CSV, API, feeds, emails and the export.
 */

const LEAST = 5;
const PLACES = ['NG', 'GH', 'SN'] as const;
type Place = (typeof PLACES)[number];

/** How many people of each country take a stance; those of fewer than five are to stay hidden. */
const TAKEN: { stance: Stance; people: Partial<Record<Place, number>> }[] = [
  { stance: 'me-too', people: { NG: 7, GH: 2, SN: 1 } },
  { stance: 'not-here', people: { NG: 6, GH: 3, SN: 2 } },
  { stance: 'no-longer', people: { GH: 3, SN: 2 } },
];
/** How many people of each country say "I face this too" of one report. */
const ME_TOO: Partial<Record<Place, number>> = { NG: 6, GH: 1, SN: 1 };

let causeway: TestCauseway;
let point: string;
let report: string;
let thread: { id: string; path: string };
/** Everybody who takes a stance. */
const people: Member[] = [];
/** People who take none. */
let others: Member[];

beforeAll(async () => {
  causeway = await startTestCauseway(
    { DIGEST_MIN_AUTHORS: String(LEAST) },
    new TestClock(Date.parse('2026-10-05T08:00:00Z')),
  );
  const { app, clock } = causeway;
  const mona = await addMember(causeway, 'mona', { role: 'moderator' });
  const amina = await addMember(causeway, 'amina', { country: 'NG' });
  thread = await addThread(causeway, amina, 'What is the biggest barrier?');
  const facts = { country: 'NG', region: '011', barriers: ['language' as const] };
  report = await addPost(causeway, amina, thread.id, 'No speech tool knows Hausa.', facts);
  const postIds = [report];
  // As many authors as a digest needs to be emailed.
  for (let n = 1; n < LEAST; n++) {
    const author = await addMember(causeway, `author${n}`, { country: 'NG' });
    const body = `My phone knows no Hausa, and neither do the ${n} others here.`;
    postIds.push(await addPost(causeway, author, thread.id, body, facts));
  }
  const text = { language: 'en' as const, title: 'No Hausa', sentence: 'No tool knows Hausa.' };
  point = await app.db.write((tx) =>
    makeKeyPoint(tx, clock, mona.id, {
      ...{ kind: 'language', region: '011', postIds },
      text,
    }),
  );
  const member = async (country: Place) => {
    const made = await addMember(causeway, `person${people.length}`, { country });
    people.push(made);
    return made.id;
  };
  for (const { stance, people: said } of TAKEN) {
    for (const country of PLACES) {
      for (let n = 0; n < (said[country] ?? 0); n++) {
        const row = { keyPointId: point, userId: await member(country), stance, country };
        await app.db.write((tx) => tx.insert(keyPointStances).values({ ...row, ...at() }));
      }
    }
  }
  for (const country of PLACES) {
    for (let n = 0; n < (ME_TOO[country] ?? 0); n++) {
      const row = { postId: report, userId: await member(country), country };
      await app.db.write((tx) => tx.insert(meToos).values({ ...row, ...at() }));
    }
  }
  others = await Promise.all(
    PLACES.map((country) => addMember(causeway, `quiet${country.toLowerCase()}`, { country })),
  );
  for (const scope of ['011']) {
    const row = { email: `${scope}@example.org`, emailKey: `${scope}@example.org`, language: 'en' };
    const state = { state: 'active', frequency: 'weekly', createdAt: 0 } as const;
    await app.db.write(async (tx) => {
      await tx.insert(subscriptions).values({ id: scope, ...row, ...state });
      await tx.insert(subscriptionScopes).values({ subscriptionId: scope, scope });
    });
  }
  clock.advance(31 * DAY);
  await countStances(app);
}, 120_000);
afterAll(() => causeway?.close());

/** All at one time, so that the order of rows tells nothing in this test. */
const at = () => ({ createdAt: causeway.clock.now() });

/** Everything that is public, by where it is; counts, digests and emails as they would be made now. */
async function readAll(): Promise<Map<string, string>> {
  const { app } = causeway;
  await app.db.write((tx) => tx.delete(settings).where(eq(settings.name, 'stances-by-country')));
  await countStances(app);
  const all = new Map<string, string>();
  for (const language of ['en', 'fr', 'ar']) {
    const reader = causeway.client();
    reader.cookies.set('causeway_language', language);
    const page = await reader.get(`/key-points/${point}`);
    const paths = [
      ...[page.location ?? '', `/key-points/${point}.json`, `/key-points/${point}/feed.xml`],
      ...[`/key-points/${point}/stance`, thread.path, `/p/${report}/face`, '/', '/feed.xml'],
      ...['/barriers', '/barriers.json', '/barriers.csv', '/barriers/contributions.csv'],
      ...['/barriers/kinds/language', '/regions/011', '/regions/011/feed.xml', '/regions/002'],
      ...['/search?q=Hausa', '/api/v1/barriers', '/api/v1/threads', `/api/v1/threads/${thread.id}`],
      ...PLACES.map((country) => `/countries/${country}`),
      ...[`/embed/t/${thread.id}`, '/embed/regions/011'],
    ];
    for (const path of paths) {
      const answer = await reader.get(path);
      expect(answer.status, path).toBe(200);
      all.set(`${language} ${path}`, answer.text);
    }
  }
  const month = parsePeriod('2026-10');
  for (const scope of ['011', '002', 'world', ...PLACES]) {
    const key = parseDigestKey(scope);
    if (!key || !month) throw new Error(`no digest of ${scope}`);
    const rules = { minAuthors: LEAST, now: app.clock.now(), community: app.community };
    const content = await composeDigest(app.db.reader, key, month, rules);
    all.set(`digest ${scope}`, JSON.stringify(content));
  }
  const folder = mkdtempSync(join(tmpdir(), 'causeway-export-'));
  await exportData(app, folder);
  for (const name of readdirSync(folder)) {
    all.set(`export ${name}`, readFileSync(join(folder, name), 'utf8'));
  }
  rmSync(folder, { recursive: true });
  return all;
}

/** The names of what differs between two readings. */
function differing(one: Map<string, string>, other: Map<string, string>): string[] {
  return [...one.keys()].filter((name) => one.get(name) !== other.get(name));
}

/** An equation over the numbers of people who take a stance in a place. */
interface Equation {
  factors: Partial<Record<`${Stance} ${Place}`, number>>;
  sum: number;
}

const UNKNOWNS = TAKEN.flatMap(({ stance }) =>
  PLACES.map((place) => `${stance} ${place}` as const),
);

/** Every number of people with a stance that the public output tells, as equations. */
function equationsIn(all: Map<string, string>): Equation[] {
  const found: Equation[] = [];
  const names = new Intl.DisplayNames('en', { type: 'region' });
  const json = JSON.parse(all.get(`en /key-points/${point}.json`) ?? '');
  for (const { stance } of TAKEN) {
    const { people, atLeastByCountry } = json.stances[stance];
    const all = Object.fromEntries(PLACES.map((place) => [`${stance} ${place}`, 1]));
    found.push({ factors: all, sum: people });
    for (const [place, sum] of Object.entries<number>(atLeastByCountry)) {
      found.push({ factors: { [`${stance} ${place}`]: 1 }, sum });
    }
  }
  // A number beside the name of a place or its code, wherever: it may be that of any stance.
  for (const text of all.values()) {
    for (const place of PLACES) {
      const beside = new RegExp(`(?:${names.of(place)}|\\b${place}\\b)"?[:,] ?(\\d+)\\b`, 'g');
      for (const [, sum] of text.matchAll(beside)) {
        for (const { stance, people } of TAKEN) {
          const said = (people[place] ?? 0) + (stance === 'me-too' ? (ME_TOO[place] ?? 0) : 0);
          if (said === Number(sum))
            found.push({ factors: { [`${stance} ${place}`]: 1 }, sum: said });
        }
      }
    }
  }
  return found;
}

/** The unknowns that follow from the equations: Gauss-Jordan elimination. */
function solved(equations: readonly Equation[]): string[] {
  const rows = equations.map(({ factors }) => UNKNOWNS.map((name) => factors[name] ?? 0));
  let rank = 0;
  for (let column = 0; column < UNKNOWNS.length; column++) {
    const at = rows.findIndex((row, index) => index >= rank && row[column] !== 0);
    const pivot = rows[at];
    if (!pivot) continue;
    rows.splice(at, 1);
    rows.splice(rank, 0, pivot);
    const by = pivot[column] ?? 1;
    for (const [index, row] of rows.entries()) {
      const factor = (row[column] ?? 0) / by;
      if (index === rank || factor === 0) continue;
      for (const [k, value] of row.entries()) row[k] = value - factor * (pivot[k] ?? 0);
    }
    rank += 1;
  }
  return rows.flatMap((row) => {
    const involved = UNKNOWNS.filter((_, k) => Math.abs(row[k] ?? 0) > 1e-9);
    return involved.length === 1 ? involved : [];
  });
}

describe('stances', () => {
  it('are told by place from enough people up', async () => {
    const json = JSON.parse((await causeway.client().get(`/key-points/${point}.json`)).text);
    expect(json.stances).toEqual({
      'me-too': { people: 18, atLeastByCountry: { NG: 10 } },
      'not-here': { people: 11, atLeastByCountry: { NG: 5 } },
      'no-longer': { people: 5, atLeastByCountry: {} },
    });
  });

  it('of fewer people in a place follow from no equations that the public output gives', async () => {
    const { app } = causeway;
    const all = await readAll();
    const { id } = await buildDigest(app, '011', '2026-10');
    await publishDigest(app, id, null);
    expect(await sendDueDigests(app)).toMatchObject({ sent: 1 });
    for (const [n, mail] of (await causeway.mails()).entries()) {
      all.set(`mail ${n}`, `${mail.text} ${mail.html}`);
    }
    for (const path of ['/digests/011/2026-10', '.json', '.csv']) {
      const address = path.startsWith('/') ? path : `/digests/011/2026-10${path}`;
      all.set(address, (await causeway.client().get(address)).text);
    }
    expect(all.get('mail 0')).toContain('No Hausa');
    const equations = equationsIn(all);
    const shown = ['me-too NG', 'not-here NG'];
    expect([...new Set(solved(equations))].sort()).toEqual(shown);
    // With one number more the others follow: the attack works.
    const more = [...equations, { factors: { 'not-here GH': 1 }, sum: 3 }];
    expect([...new Set(solved(more))].sort()).toEqual(
      [...shown, 'not-here GH', 'not-here SN'].sort(),
    );
  });

  it('look the same everywhere whoever takes them, and wherever the few are', async () => {
    const { app } = causeway;
    const before = await readAll();
    await app.db.write(async (tx) => {
      for (const table of [keyPointStances, meToos]) {
        const move = (from: string | null, to: string | null) =>
          tx
            .update(table)
            .set({ country: to })
            .where(from ? eq(table.country, from) : isNull(table.country));
        await move('GH', null);
        await move('SN', 'GH');
        await move(null, 'SN');
      }
      const [first, second] = people;
      const [quiet, other] = others;
      const own = and(eq(keyPointStances.userId, first?.id ?? ''));
      await tx
        .update(keyPointStances)
        .set({ userId: quiet?.id ?? '' })
        .where(own);
      await tx
        .update(meToos)
        .set({ userId: other?.id ?? second?.id ?? '' })
        .where(eq(meToos.userId, people.at(-1)?.id ?? ''));
    });
    expect(differing(before, await readAll())).toEqual([]);
  });
});
