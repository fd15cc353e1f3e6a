import { describe, expect, it } from 'vitest';
import { type PeopleTable, type PublicTable, publicTable } from './figures';

/** Returns a table of people by place, with each person in one place. */
function placesOnly(...people: number[]): PeopleTable<string> {
  return {
    total: people.reduce((a, b) => a + b, 0),
    rows: new Map(people.map((n, at) => [`place${at}`, n])),
  };
}

const shownPeople = (table: PublicTable<string>) => [...table.rows.values()];

describe('a public table', () => {
  it('shows large numbers as they are', () => {
    const table = publicTable(placesOnly(12, 5), 5);
    expect(table.total).toBe(17);
    expect(shownPeople(table)).toEqual([12, 5]);
    expect(table.withheld).toBe(false);
  });

  it('hides small numbers, and not only those if a large one must be hidden too', () => {
    const table = publicTable(placesOnly(12, 7, 3), 5);
    expect(shownPeople(table)).toEqual([12, null, null]);
    expect(table.total).toBe(22);
    expect(table.withheld).toBe(true);
  });

  it('hides nothing more if several small numbers protect each other', () => {
    const table = publicTable(placesOnly(12, 3, 2, 2), 5);
    expect(shownPeople(table)).toEqual([12, null, null, null]);
    expect(table.withheld).toBe(false);
  });

  it('hides more if the small numbers must have their maximum or minimum', () => {
    expect(shownPeople(publicTable(placesOnly(12, 9, 4, 4), 5))).toEqual([12, null, null, null]);
    expect(shownPeople(publicTable(placesOnly(12, 9, 1, 1), 5))).toEqual([12, null, null, null]);
  });

  it('hides the total if no other number can be hidden', () => {
    const table = publicTable(placesOnly(5, 1), 5);
    expect(table.total).toBeNull();
    expect(shownPeople(table)).toEqual([null, null]);
  });

  it('shows no places if there are too few people', () => {
    // Three places and three people: each number would be one.
    expect(publicTable(placesOnly(1, 1, 1), 4).rows.size).toBe(0);
  });
});

describe('an attacker with the public numbers', () => {
  const MIN = 4;

  const upTo = (most: number) => Array.from({ length: Math.max(0, most) }, (_, at) => at + 1);

  /** Returns all tables of people by place that would be published in exactly this form. */
  function candidates(published: PublicTable<string>, truth: PeopleTable<string>) {
    const rows = [...published.rows.values()];
    const most = truth.total;
    const found: number[][] = [];
    const fill = (at: number, sofar: number[], left: number): void => {
      if (left < 0) return;
      if (at === rows.length) {
        const sum = sofar.reduce((a, b) => a + b, 0);
        if (published.total !== null && sum !== published.total) return;
        const again = publicTable(placesOnly(...sofar), MIN);
        const same =
          again.withheld === published.withheld &&
          again.total === published.total &&
          shownPeople(again).every((figure, i) => figure === rows[i]);
        if (same) found.push(sofar);
        return;
      }
      const figure = rows[at];
      const sizes = typeof figure === 'number' ? [figure] : upTo(left);
      for (const n of sizes) fill(at + 1, [...sofar, n], left - n);
    };
    fill(0, [], published.total ?? most + 3);
    return found;
  }

  /** Returns all ways to distribute people over up to four places. */
  function everyTable(): number[][] {
    const tables: number[][] = [];
    const grow = (table: number[]) => {
      if (table.length >= 2) tables.push(table);
      if (table.length === 4) return;
      for (let n = table.at(-1) ?? 1; n <= 7; n += 1) grow([...table, n]);
    };
    grow([]);
    return tables;
  }

  it('cannot compute any small number, even knowing the rule', () => {
    const told: string[] = [];
    for (const sizes of everyTable()) {
      const truth = placesOnly(...sizes);
      const published = publicTable(truth, MIN);
      if (!sizes.some((n) => n < MIN)) continue;
      if (published.rows.size === 0) continue;
      const possible = candidates(published, truth);
      sizes.forEach((size, at) => {
        if (size >= MIN) return;
        const values = new Set(possible.map((table) => table[at]));
        if (values.size < 2) told.push(`${sizes} gives ${size} away: ${shownPeople(published)}`);
      });
    }
    expect(told).toEqual([]);
  });
});
