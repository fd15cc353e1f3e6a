import { describe, expect, it } from 'vitest';
import { findCountry } from './find';

describe('finding a country by name', () => {
  it.each([
    ['ng', 'en', 'NG'],
    ['Nigeria', 'en', 'NG'],
    ['  nigeria ', 'fr', 'NG'],
    ['Niger', 'en', 'NE'],
    ["cote d'ivoire", 'en', 'CI'],
    ['Côte d’Ivoire', 'fr', 'CI'],
    ['Allemagne', 'fr', 'DE'],
    ['Germany', 'fr', 'DE'],
    ['مصر', 'ar', 'EG'],
    ['Philip', 'en', 'PH'],
  ])('%s in %s', (text, locale, code) => {
    expect(findCountry(text, locale)).toBe(code);
  });

  it.each(['', '   ', '!', 'Atlantis', 'United', 'XX', 'Allemagne'])(
    'finds none for %j in English',
    (text) => {
      expect(findCountry(text, 'en')).toBeNull();
    },
  );
});
