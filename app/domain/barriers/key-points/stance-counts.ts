import { publicTable } from '~/domain/barriers/figures';
import type { CountryCode } from '~/platform/places/places';
import type { Stance } from '~db/schema/evidence';

export const STANCES = ['me-too', 'not-here', 'no-longer'] as const satisfies readonly Stance[];

/** A stance as it was taken. */
export interface Taken {
  userId: string;
  stance: Stance;
  country: CountryCode | null;
  /** UTC milliseconds. */
  createdAt: number;
}

/** Numbers of people by stance. */
export interface StanceTotals {
  /** Who say "I face this too" of the key point or of one of its posts, without their authors. */
  meToo: number;
  notHere: number;
  noLonger: number;
}

export function totalsOf(taken: readonly Taken[], facing: number): StanceTotals {
  const number = (stance: Stance) => taken.filter((one) => one.stance === stance).length;
  return { meToo: facing, notHere: number('not-here'), noLonger: number('no-longer') };
}

/**
 * At least how many people took one stance, by country, in steps of `least`: only what `publicTable`
 * lets out, the most people first. Their total is told always, so nothing that it and the others would
 * give away is here. An exact number would tell whoever has accounts of their own in a country how many
 * others are there: by subtraction. `taken` has each person once; who names no country is in none.
 */
export function stancesByPlace(taken: readonly Taken[], least: number): Map<CountryCode, number> {
  const rows = new Map<CountryCode | null, number>();
  for (const { country } of taken) rows.set(country, (rows.get(country) ?? 0) + 1);
  const table = publicTable({ total: taken.length, rows }, least);
  const shown = [...table.rows].flatMap(([country, people]): [CountryCode, number][] =>
    country !== null && people !== null ? [[country, people - (people % least)]] : [],
  );
  return new Map(shown.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));
}
