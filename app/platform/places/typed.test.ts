import { describe, expect, it } from 'vitest';
import aliases from '~db/seed/place-aliases.json';
import { placeName } from './names';
import { countries, regions, WORLD } from './places';
import { findCountry, PLACE_LANGUAGES, placeNamed, placesNear } from './typed';

describe('a place that is typed', () => {
  it.each([
    ['NG', 'NG'],
    ['nga', 'NG'],
    ['  nigeria ', 'NG'],
    ['011', '011'],
    ['West Africa', '011'],
    ['western africa', '011'],
    ['Afrique de l’Ouest', '011'],
    ['غرب أفريقيا', '011'],
    ['south africa', 'ZA'],
    ['Southern Africa', '018'],
    ['Southeast Asia', '035'],
    ['Ivory Coast', 'CI'],
    ['Cote dIvoire', 'CI'],
    ['USA', 'US'],
    ['u.s.a.', 'US'],
    ['UK', 'GB'],
    ['DRC', 'CD'],
    ['RDC', 'CD'],
    ['Burma', 'MM'],
    ['Swaziland', 'SZ'],
    ['the Gambia', 'GM'],
    ['l’Allemagne', 'DE'],
    ['la Réunion', 'RE'],
    ['السنغال', 'SN'],
    ['سنغال', 'SN'],
    ['St Lucia', 'LC'],
    ['Trinidad and Tobago', 'TT'],
    ['Marekani', 'US'],
    ['Kano, Nigeria', 'NG'],
    ['الرباط، المغرب', 'MA'],
    ['Lagos, Nigeria, West Africa', 'NG'],
    ['Iran, Islamic Republic of', 'IR'],
    ['Republic of Ireland', 'IE'],
    ['nairobi', 'KE'],
    ['Abidjan', 'CI'],
    ['Dar es Salaam', 'TZ'],
    ['São Paulo', 'BR'],
    ['Lagos, Portugal', 'PT'],
    ['Kinshasa, Congo', 'CD'],
    // A state, not Canada; and the other way round.
    ['Los Angeles, CA', 'US'],
    ['Toronto, CA', 'CA'],
    ['Toronto, ON', 'CA'],
    ['Perth, WA', 'AU'],
    ['Paris, Texas', 'US'],
    ['Peru, Indiana', 'US'],
    ['London, Ontario', 'CA'],
    ['Tbilisi, Georgia', 'GE'],
    ['Georgia', 'GE'],
    ['New Mexico', 'US'],
    ['Kano', 'NG'],
    ['Kano, NG', 'NG'],
    ['Kosovo', 'XK'],
    ['Косово', 'XK'],
  ])('%s is %s', (text, code) => {
    expect(placeNamed(text)).toBe(code);
  });

  it.each([
    ...[
      '',
      '   ',
      '!',
      'XX',
      'World',
      '001',
      '999',
      'Atlantis',
      'Tondiarou',
      '__proto__',
      'constructor',
    ],
    // Two countries.
    ...['Congo', 'Korea', 'Punjab'],
    // A state or a country; not the country that the first part names.
    ...['Lebanon, PA', 'Athens, GA', 'Jordan, MN', 'Atlanta, Georgia'],
  ])('%j is none', (text) => {
    expect(placeNamed(text)).toBeNull();
  });

  it('is known by its name in each of ten languages', () => {
    const strange = PLACE_LANGUAGES.flatMap((language) =>
      [...countries, ...regions.filter(({ code }) => code !== WORLD)]
        .filter(({ code }) => placeNamed(placeName(code, language)) !== code)
        .map(({ code }) => `${language} ${code}`),
    );
    // Spanish has one name for two countries, Swahili one for a country and its region.
    expect(strange).toEqual(['es CG', 'sw 018']);
  });

  it('has no alias that a place with this name hides', () => {
    for (const [code, names] of Object.entries(aliases.names)) {
      expect(names.filter((name) => placeNamed(name) !== code)).toEqual([]);
    }
  });
});

describe('the places that may have been meant', () => {
  it.each([
    ['Nigerria', ['NG']],
    ['Sengal', ['SN']],
    ['Untied States', ['US']],
    ['Congo', ['CD', 'CG']],
    ['United', ['AE', 'GB', 'US']],
    ['Kano, Nigerria', ['NG']],
    ['Lebanon, PA', ['BR', 'PA', 'US']],
    ['Atlanta, Georgia', ['GE', 'US']],
    ['Sénégale', ['SN']],
    ['السنغل', ['SN']],
    ['Нигерея', ['NE', 'NG']],
    ['केन्य', ['KE']],
    ['尼日利', ['NG']],
    ['Dakarr', ['SN']],
    ['Nairobbi', ['KE']],
    ['Ouagadougu', ['BF']],
  ])('by %s begin with %j', (text, codes) => {
    const near = placesNear(text);
    expect(near.length).toBeLessThanOrEqual(3);
    expect(near.slice(0, codes.length).sort()).toEqual(codes);
  });

  it.each(['', 'Atlantis', 'xqzzt', 'a', 'a'.repeat(10_000), 'qzxqzxqzx, '.repeat(20_000)])(
    'by %j are none',
    (text) => {
      expect(placesNear(text)).toEqual([]);
    },
  );
});

describe('finding a country by name', () => {
  it.each([
    ['ng', 'NG'],
    ['Lagos', 'NG'],
    ['Niger', 'NE'],
    ["cote d'ivoire", 'CI'],
    ['Allemagne', 'DE'],
    ['مصر', 'EG'],
    ['Philip', 'PH'],
  ])('%s', (text, code) => {
    expect(findCountry(text)).toBe(code);
  });

  it.each(['', '   ', '!', 'Atlantis', 'United', 'XX', 'West Africa'])(
    'finds none for %j',
    (text) => {
      expect(findCountry(text)).toBeNull();
    },
  );
});
