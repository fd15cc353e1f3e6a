import { z } from 'zod';
import type { AppContext } from '~/platform/app-context';
import { findValue, putValue } from '~/platform/installation-values';
import type { Db } from '~db/client';
import { keyPointsOf, stanceTables } from './key-points';

/*
 * Where the people are who take a stance. It is counted once a month and then stands still: counted at
 * each view, a number that appears or disappears as somebody presses would tell where they are, and
 * whoever has several accounts could try out how many others there are. See decision 59.
 */

const NAME = 'stances-by-country';

const countries = z.record(z.string(), z.number()).default({});

/** At least how many people, by country, for each stance. */
const stancePlaces = z.object({
  'me-too': countries,
  'not-here': countries,
  'no-longer': countries,
});

type StancePlaces = z.output<typeof stancePlaces>;

const counted = z.object({
  /** The start of the month: stances taken before it are counted. */
  countedAt: z.number(),
  /** By the key point's id; those of which nothing is told have no entry. */
  points: z.record(z.string(), stancePlaces),
});

/** Returns what is told of a key point, and up to when it was counted, UTC milliseconds. */
export async function stancePlacesOf(
  db: Db,
  keyPointId: string,
): Promise<StancePlaces & { countedAt: number | null }> {
  const known = await readCounted(db);
  return {
    ...(known?.points[keyPointId] ?? stancePlaces.parse({})),
    countedAt: known?.countedAt ?? null,
  };
}

/** Counts the stances on all key points by country, once in each month (UTC). */
export async function countStances({ db, clock, config, community }: AppContext): Promise<void> {
  const now = new Date(clock.now());
  const until = Date.UTC(now.getUTCFullYear(), now.getUTCMonth());
  if ((await readCounted(db.reader))?.countedAt === until) return;
  const points: Record<string, StancePlaces> = {};
  for (const point of await keyPointsOf(db.reader, community)) {
    const tables = await stanceTables(db.reader, point, { least: config.digestMinAuthors, until });
    if (Object.values(tables).every(({ size }) => size === 0)) continue;
    const told = Object.entries(tables).map(([stance, table]) => [
      stance,
      Object.fromEntries(table),
    ]);
    points[point.id] = stancePlaces.parse(Object.fromEntries(told));
  }
  await db.write((tx) => putValue(tx, NAME, JSON.stringify({ countedAt: until, points })));
}

async function readCounted(db: Db): Promise<z.output<typeof counted> | null> {
  const value = await findValue(db, NAME);
  return value === null ? null : counted.parse(JSON.parse(value));
}
