import { describe, expect, it } from 'vitest';
import { coverageOf } from './coverage';

const wrote = (country: string | null, language: string, region: string | null = null) => ({
  country,
  region,
  language,
});

describe('who is missing from a digest', () => {
  it('names the countries of a narrow region and its languages that nobody wrote from', () => {
    const found = coverageOf('011', [wrote('SN', 'fr'), wrote('GH', 'en'), wrote('NG', 'en-NG')]);
    expect(found.countries).toBeGreaterThan(15);
    expect(found.heard).toBe(3);
    expect(found.silentPlaces[0]).toBe('CI');
    expect(found.silentPlaces).not.toContain('NG');
    expect(found.silentLanguages.slice(0, 3).sort()).toEqual(['ha', 'pcm', 'yo']);
    expect(found.silentLanguages).not.toContain('en');
  });

  it('names the parts of a wide one, as a whole where all is missing', () => {
    const found = coverageOf('002', [wrote('SN', 'fr'), wrote(null, 'sw', '014')]);
    expect(found.silentPlaces).toEqual(['015', '017', '018']);
    const world = coverageOf('world', [wrote('SN', 'fr')]);
    expect(world.silentPlaces.slice(0, 2)).toEqual(['142', '019']);
    expect(world.silentPlaces).toEqual(expect.arrayContaining(['150', '009', '014', '015']));
    expect(world.silentPlaces).not.toContain('002');
    expect(world.silentPlaces).not.toContain('034');
    // Whoever is somewhere in sub-Saharan Africa may be in any part of it.
    const wide = coverageOf('002', [wrote(null, 'en', '202')]);
    expect(wide.silentPlaces).toEqual(['015']);
  });

  it('names no country where somebody gave the whole narrow region', () => {
    const found = coverageOf('011', [wrote('SN', 'fr'), wrote(null, 'en', '011')]);
    expect([found.silentPlaces, found.heard]).toEqual([[], 1]);
  });

  it('finds nobody missing in a country that was heard in its languages', () => {
    const { silentPlaces, silentLanguages } = coverageOf('CU', [wrote('CU', 'es-CU')]);
    expect({ silentPlaces, silentLanguages }).toEqual({ silentPlaces: [], silentLanguages: [] });
  });
});
