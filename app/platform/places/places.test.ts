import { describe, expect, it } from 'vitest';
import {
  ancestors,
  childRegions,
  countries,
  countriesIn,
  isCountry,
  isRegion,
  regionOf,
  regions,
} from './places';

describe('the place data', () => {
  it('holds every officially assigned ISO 3166-1 country once, and Kosovo', () => {
    expect(countries).toHaveLength(249 + 1);
    expect(new Set(countries.map((country) => country.code)).size).toBe(249 + 1);
  });

  it('leaves out other user-assigned, reserved and withdrawn codes and groupings', () => {
    const strangers = ['EU', 'EZ', 'XA', 'QO', 'UN', 'AC', 'IC', 'EA', 'TA', 'AN', 'SU', 'ZZ'];
    expect(strangers.filter(isCountry)).toEqual([]);
    expect(isRegion('QO')).toBe(false);
    expect(isRegion('003')).toBe(false);
  });

  it('leads from every country and region to the world without a circle', () => {
    const codes = [...countries, ...regions].map((place) => place.code);
    const lost = codes.filter((code) => code !== '001' && ancestors(code).at(-1) !== '001');
    expect(lost).toEqual([]);
    expect(codes.filter((code) => ancestors(code).includes(code))).toEqual([]);
  });

  it('knows the levels of M49', () => {
    const count = (level: string) => regions.filter((region) => region.level === level).length;
    expect(count('world')).toBe(1);
    expect(count('region')).toBe(5);
    expect(count('subregion')).toBe(17);
    expect(count('intermediate')).toBe(7);
  });

  it('assigns each country to its smallest region, and only Antarctica directly to the world', () => {
    const widest = countries.filter((country) => childRegions(country.region).length > 0);
    expect(widest).toEqual([{ code: 'AQ', region: '001' }]);
  });
});

describe('isCountry and isRegion', () => {
  it('accept exact codes only', () => {
    expect(isCountry('NG')).toBe(true);
    expect(isCountry('ng')).toBe(false);
    expect(isCountry('011')).toBe(false);
    expect(isRegion('011')).toBe(true);
    expect(isRegion('11')).toBe(false);
    expect(isRegion('NG')).toBe(false);
    expect(isCountry('__proto__')).toBe(false);
  });
});

describe('regionOf', () => {
  it.each([
    ['NG', '011'],
    ['KE', '014'],
    ['BR', '005'],
    ['JM', '029'],
    ['CY', '145'],
    ['TW', '030'],
    ['GS', '005'],
    ['UM', '057'],
    ['XK', '039'],
  ])('%s lies in %s', (country, region) => {
    expect(regionOf(country)).toBe(region);
  });

  it('is null for other codes', () => {
    expect(regionOf('XA')).toBeNull();
    expect(regionOf('011')).toBeNull();
  });
});

describe('ancestors', () => {
  it('go from near to far', () => {
    expect(ancestors('NG')).toEqual(['011', '202', '002', '001']);
    expect(ancestors('EG')).toEqual(['015', '002', '001']);
    expect(ancestors('HT')).toEqual(['029', '419', '019', '001']);
    expect(ancestors('202')).toEqual(['002', '001']);
  });

  it('are empty for the world and for unknown codes', () => {
    expect(ancestors('001')).toEqual([]);
    expect(ancestors('XX')).toEqual([]);
  });
});

describe('countriesIn', () => {
  it('counts the whole world under both its names', () => {
    expect(countriesIn('world')).toHaveLength(countries.length);
    expect(countriesIn('001')).toEqual(countriesIn('world'));
  });

  it('gathers everything below a region', () => {
    expect(countriesIn('018')).toEqual(['BW', 'LS', 'NA', 'SZ', 'ZA']);
    expect(countriesIn('202')).toContain('NG');
    expect(countriesIn('202')).not.toContain('EG');
    expect(countriesIn('002').length).toBe(countriesIn('202').length + countriesIn('015').length);
  });

  it('is the country itself for a country, and nothing for an unknown scope', () => {
    expect(countriesIn('NG')).toEqual(['NG']);
    expect(countriesIn('999')).toEqual([]);
  });
});

describe('childRegions', () => {
  it('lists one level down', () => {
    expect(childRegions('world')).toEqual(['002', '009', '019', '142', '150']);
    expect(childRegions('002')).toEqual(['015', '202']);
    expect(childRegions('202')).toEqual(['011', '014', '017', '018']);
    expect(childRegions('011')).toEqual([]);
  });
});
