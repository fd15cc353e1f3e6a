import { describe, expect, it } from 'vitest';
import { ancestors, countriesIn, regionOf, regions } from '~/platform/places/places';
import type { Crowd } from './count-people';
import { atlasOf } from './figures-table';

const MIN = 5;
const KINDS = ['cost', 'data', 'policy'] as const;
const COUNTRIES = ['NG', 'GH', 'SN', 'TG', 'KE', 'UG', 'ZA', 'EG', 'BR', 'PE', 'FR'];
/** Regions that a person may choose instead of a country: large ones and small ones. */
const VAGUE = ['002', '202', '011', '019', '005'];
const SCOPES = ['world', ...regions.map(({ code }) => code).filter((code) => code !== '001')];

/** Returns a random number generator from 0 to 1 that repeats for the same seed (mulberry32). */
function diceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

interface Voice {
  personId: string;
  country: string | null;
  region: string | null;
  kind: (typeof KINDS)[number];
}

/** Each person as a separate crowd, once per kind and once for all kinds. */
function crowdsOf(voices: readonly Voice[]): Crowd[] {
  const placesOf = (some: readonly Voice[]) => [
    ...new Set(some.map(({ country, region }) => country ?? region)),
  ];
  const people = [...new Set(voices.map(({ personId }) => personId))];
  return people.flatMap((person) => {
    const own = voices.filter(({ personId }) => personId === person);
    const kinds = KINDS.filter((kind) => own.some((voice) => voice.kind === kind));
    return [
      { kind: null, places: placesOf(own), people: 1 },
      ...kinds.map((kind) => ({
        kind,
        places: placesOf(own.filter((voice) => voice.kind === kind)),
        people: 1,
      })),
    ];
  });
}

/** Returns people who each reported from one place, one or several kinds. */
function worldOf(seed: number): Voice[] {
  const dice = diceOf(seed);
  const voices: Voice[] = [];
  const places = [...COUNTRIES, ...VAGUE].filter(() => dice() < 0.7);
  for (const place of places) {
    const people = Math.floor(dice() ** 2 * 16);
    for (let n = 0; n < people; n++) {
      const country = /^\d/.test(place) ? null : place;
      const region = country ? regionOf(country) : place;
      const kinds = KINDS.filter(() => dice() < 0.5);
      for (const kind of kinds.length > 0 ? kinds : [KINDS[0]]) {
        voices.push({ personId: `${place}-${n}`, country, region, kind });
      }
    }
  }
  return voices;
}

/** A number of the atlas as a sum over places, which are the unknowns. */
interface Cell {
  name: string;
  places: string[];
  size: number;
  shown: boolean;
}

function cellsOf(voices: Voice[], kind: (typeof KINDS)[number] | null): Cell[] {
  const atlas = atlasOf(crowdsOf(voices), MIN);
  const wanted = voices.filter((voice) => !kind || voice.kind === kind);
  const placeOf = (voice: Voice) => voice.country ?? voice.region ?? '';
  const within = (scope: string, place: string) =>
    scope === 'world' || place === scope || ancestors(place).includes(scope);
  const cell = (name: string, places: string[], shown: boolean): Cell => ({
    name,
    places,
    shown,
    size: new Set(wanted.filter((v) => places.includes(placeOf(v))).map((v) => v.personId)).size,
  });
  const all = [...new Set(wanted.map(placeOf))];
  return [...SCOPES, ...COUNTRIES].flatMap((scope) => {
    const inside = all.filter((place) => within(scope, place));
    if (inside.length === 0) return [];
    const table = atlas.table(scope, kind);
    const whole = atlas.table(scope);
    const total = cell(scope, inside, table.total.people !== null);
    // The same number is public or hidden whether filtered or not.
    if (kind) expect(whole.total.kinds.get(kind) ?? null).toBe(table.total.people);
    const rows = [...table.rows].map(([row, { people }]) => {
      const placed = [...table.rows.keys()].filter((one) => one !== null);
      const own = inside.filter((place) =>
        row === null ? !placed.some((one) => within(one, place)) : within(row, place),
      );
      return cell(`${scope}/${row}`, own, people !== null);
    });
    return [total, ...rows];
  });
}

/** True if a sum over places is a linear combination of the others. */
function follows(wanted: number[], from: number[][]): boolean {
  const basis: number[][] = [];
  const reduce = (vector: number[]) => {
    let rest = [...vector];
    for (const one of basis) {
      const pivot = one.findIndex((x) => Math.abs(x) > 1e-9);
      const factor = (rest[pivot] ?? 0) / (one[pivot] ?? 1);
      rest = rest.map((x, at) => x - factor * (one[at] ?? 0));
    }
    return rest;
  };
  for (const vector of from) {
    const rest = reduce(vector);
    if (rest.some((x) => Math.abs(x) > 1e-9)) basis.push(rest);
  }
  return reduce(wanted).every((x) => Math.abs(x) < 1e-9);
}

describe('all tables of all places together', () => {
  it.each([null, ...KINDS])('reveal no small number by subtraction: %s', (kind) => {
    const told: string[] = [];
    let hidden = 0;
    for (let seed = 1; seed <= 150; seed++) {
      const cells = cellsOf(worldOf(seed), kind);
      const places = [...new Set(cells.flatMap((one) => one.places))];
      const vector = (one: Cell) => places.map((place) => (one.places.includes(place) ? 1 : 0));
      const shown = cells.filter((one) => one.shown);
      for (const one of shown) {
        if (one.size < MIN) told.push(`world ${seed}: ${one.name} shows ${one.size}`);
      }
      for (const one of cells.filter(({ size }) => size > 0 && size < MIN)) {
        hidden += 1;
        if (follows(vector(one), shown.map(vector))) {
          told.push(`world ${seed}: ${one.name} is ${one.size}`);
        }
      }
    }
    expect(told).toEqual([]);
    // The generated data must contain numbers that need hiding.
    expect(hidden).toBeGreaterThan(100);
  });

  it('show the same numbers for a place on its own page and on those of larger regions', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const atlas = atlasOf(crowdsOf(worldOf(seed)), MIN);
      for (const scope of SCOPES) {
        for (const [row, { people }] of atlas.table(scope).rows) {
          if (row) expect(atlas.table(row).total.people, `${seed} ${scope} ${row}`).toBe(people);
        }
      }
    }
  });

  it('count a person who reported from two places once in the region around both', () => {
    const both = { places: ['NG', 'GH'], people: 6 };
    const atlas = atlasOf(
      [
        { kind: null, ...both },
        { kind: 'cost', ...both },
      ],
      MIN,
    );
    expect(atlas.table('011').total.people).toBe(6);
    expect(atlas.table('world').total.kinds.get('cost')).toBe(6);
    expect(atlas.people(['NG', 'GH', '002']).figures.get('002')).toBe(6);
    expect(atlas.people(['NG', 'GH']).figures).toEqual(
      new Map([
        ['NG', 6],
        ['GH', 6],
      ]),
    );
  });

  it('count people by place', () => {
    const atlas = atlasOf(crowdsOf(worldOf(1)), MIN);
    expect(atlas.has('world')).toBe(true);
    expect(atlas.has('AQ')).toBe(false);
    expect(countriesIn('011')).toContain('NG');
    expect(atlas.people(['AQ']).figures.size).toBe(0);
  });
});
