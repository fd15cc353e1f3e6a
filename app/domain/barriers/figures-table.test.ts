import { describe, expect, it } from 'vitest';
import { defaultCommunity } from '~/domain/community/seed-community';
import { countriesIn, regionOf, regions } from '~/platform/places/places';
import { scopeContains } from '~/platform/places/scope';
import { chance } from '../../../tools/random';
import type { Crowd } from './count-people';
import { atlasOf, countCrowds } from './figures-table';

const community = defaultCommunity();
const KINDS = ['cost', 'data', 'policy'] as const;
const COUNTRIES = ['NG', 'GH', 'SN', 'TG', 'KE', 'UG', 'ZA', 'EG', 'BR', 'PE', 'FR'];
/** Regions that a person may choose instead of a country: large ones and small ones. */
const VAGUE = ['002', '202', '011', '019', '005'];
const SCOPES = ['world', ...regions.map(({ code }) => code).filter((code) => code !== '001')];

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
  const dice = chance(seed);
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

describe('all tables of all places together', () => {
  it.each([null, ...KINDS])('count each person once, as a second count does: %s', (kind) => {
    for (let seed = 1; seed <= 50; seed++) {
      const voices = worldOf(seed).filter((voice) => !kind || voice.kind === kind);
      const table = atlasOf(countCrowds(crowdsOf(worldOf(seed))), community);
      for (const scope of [...SCOPES, ...COUNTRIES]) {
        const here = voices.filter(({ country, region }) => scopeContains(scope, country, region));
        const people = new Set(here.map(({ personId }) => personId)).size;
        expect(table.table(scope, kind).total.people, `${seed} ${scope}`).toBe(people);
      }
    }
  });

  it('show the same numbers for a place on its own page and on those of larger regions', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const atlas = atlasOf(countCrowds(crowdsOf(worldOf(seed))), community);
      for (const scope of SCOPES) {
        for (const [row, { people }] of atlas.table(scope).rows) {
          if (row) expect(atlas.table(row).total.people, `${seed} ${scope} ${row}`).toBe(people);
        }
      }
    }
  });

  it('count a person who reported from two places once in the region around both', () => {
    const both = { places: ['NG', 'GH'], people: 6 };
    const crowds = [
      { kind: null, ...both },
      { kind: 'cost', ...both },
    ];
    const atlas = atlasOf(countCrowds(crowds), community);
    expect(atlas.table('011').total.people).toBe(6);
    expect(atlas.table('world').total.kinds.get('cost')).toBe(6);
    expect(atlas.people(['NG', 'GH', '002']).get('002')).toBe(6);
    expect(atlas.people(['NG', 'GH'])).toEqual(
      new Map([
        ['NG', 6],
        ['GH', 6],
      ]),
    );
  });

  it('know who spoke from where', () => {
    const atlas = atlasOf(countCrowds(crowdsOf(worldOf(1))), community);
    expect(atlas.has('world')).toBe(true);
    expect(atlas.has('AQ')).toBe(false);
    expect(countriesIn('011')).toContain('NG');
    expect(atlas.people(['AQ']).size).toBe(0);
  });
});
