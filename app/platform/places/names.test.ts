import { describe, expect, it } from 'vitest';
import { countriesByName, placeInSentence, placeName } from './names';
import { countries, regions } from './places';
import { PLACE_LANGUAGES } from './typed';

describe('placeName', () => {
  it.each(PLACE_LANGUAGES)('names every region and country in %s', (locale) => {
    const codes = [...regions, ...countries].map((place) => place.code);
    expect(codes.filter((code) => placeName(code, locale) === code)).toEqual([]);
    expect(new Set(codes.map((code) => placeName(code, locale))).size).toBe(codes.length);
  });

  it('names the world under both its codes, with a capital', () => {
    expect(placeName('world', 'en')).toBe('World');
    expect(placeName('001', 'en')).toBe('World');
    expect(placeName('world', 'fr')).toBe('Monde');
  });

  it('translates', () => {
    expect(placeName('NG', 'en')).toBe('Nigeria');
    expect(placeName('DE', 'fr')).toBe('Allemagne');
    expect(placeName('EG', 'ar')).toBe('مصر');
    expect(placeName('011', 'en')).toBe('Western Africa');
  });

  it('names the Caribbean in region 419', () => {
    expect(placeName('419', 'en')).toBe('Latin America & Caribbean');
    expect(placeName('419', 'fr-CA')).toBe('Amérique latine et Caraïbes');
    const plain = (language: string) =>
      new Intl.DisplayNames(language, { type: 'region' }).of('419') ?? '';
    for (const language of PLACE_LANGUAGES) {
      expect(placeName('419', language).length).toBeGreaterThan(plain(language).length);
    }
  });

  it('returns unknown codes unchanged', () => {
    expect(placeName('QX', 'en')).toBe('QX');
    expect(placeName('no place', 'en')).toBe('no place');
    expect(placeName('', 'en')).toBe('');
  });
});

describe('placeInSentence', () => {
  it.each([
    ['029', 'en', 'the Caribbean'],
    ['419', 'en', 'Latin America & the Caribbean'],
    ['NL', 'en-GB', 'the Netherlands'],
    ['US', 'en', 'the United States'],
    ['KE', 'en', 'Kenya'],
    ['011', 'en', 'Western Africa'],
    ['world', 'en', 'the world'],
    ['029', 'fr', 'Caraïbes'],
    ['QX', 'en', 'QX'],
    ['019', 'ar', 'الأمريكتين'],
  ])('writes %s in %s as %s', (code, locale, name) => {
    expect(placeInSentence(code, locale)).toBe(name);
  });

  it('gives an article to every group of islands, every republic and every kingdom', () => {
    const grouped =
      /(?:^(?!North|South|Heard|Svalbard).*(?:Islands|States|Republic|Kingdom|Territories))$/;
    const names = countries.map(({ code }) => [placeName(code, 'en'), placeInSentence(code, 'en')]);
    const bare = names.filter(([name = '', inText = '']) => grouped.test(name) && name === inText);
    expect(bare).toEqual([]);
  });
});

describe('countriesByName', () => {
  it('holds each country once', () => {
    for (const locale of PLACE_LANGUAGES) {
      expect(new Set(countriesByName(locale).map(({ code }) => code)).size).toBe(countries.length);
    }
  });

  it('sorts accented names where the language expects them', () => {
    const french = countriesByName('fr').map(({ name }) => name);
    expect(french.indexOf('Égypte')).toBeLessThan(french.indexOf('France'));
    const english = countriesByName('en').map(({ name }) => name);
    expect(english.indexOf('Åland Islands')).toBeLessThan(english.indexOf('Albania'));
    expect(english[0]).toBe('Afghanistan');
    expect(english.at(-1)).toBe('Zimbabwe');
  });
});
