import { describe, expect, it } from 'vitest';
import { faultOf } from './faithful';

describe('what a machine proposes', () => {
  const said = {
    text: '7 people raised barriers in 12 contributions, from 5 countries.',
    language: 'en',
  };

  it.each([
    'From 5 countries, 7 people raised barriers in 12 contributions.',
    'Seven people from five countries told of barriers, in 12 contributions.',
  ])('may say the same in other words: %s', (text) => {
    expect(faultOf({ text, language: 'en' }, said)).toBeNull();
  });

  it.each([
    ['8 people raised barriers in 12 contributions, from 5 countries.', 'numbers'],
    ['People raised barriers in 12 contributions, from 5 countries.', 'numbers'],
    ['7 people, twice as many, raised barriers in 12 contributions, from 5 countries.', 'numbers'],
    ['900 of 7 people raised barriers in 12 contributions, from 5 countries.', 'numbers'],
    ['7 people raised barriers in 12 contributions, from 5 countries such as Ghana.', 'names'],
    ['7 people of Acme raised barriers in 12 contributions, from 5 countries.', 'names'],
    ['7 people raised barriers in 12 contributions, from 5 countries: https://x.example', 'form'],
    ['7 people raised <b>barriers</b> in 12 contributions, from 5 countries.', 'form'],
    ['Sure! Here it is:\n7 people in 12 contributions, from 5 countries.', 'form'],
    ['7 people, 12 contributions, 5 countries. '.repeat(9), 'form'],
    ['', 'form'],
  ])('may not add, drop or decorate: %s', (text, fault) => {
    expect(faultOf({ text, language: 'en' }, said)).toBe(fault);
  });

  it.each([
    ['en', 'In Senegal we have 4,000 hours of archives, and three voices.', null],
    ['en', 'In Mali we have 4,000 hours of archives, and three voices.', 'names'],
    ['en', 'In Senegal we have 40,000 hours of archives, and three voices.', 'numbers'],
    ['ar', 'في السنغال لدينا ٤٬٠٠٠ ساعة من الأرشيف وثلاثة أصوات.', 'numbers'],
    ['ar', 'في السنغال لدينا ٤٬٠٠٠ ساعة من الأرشيف، و3 أصوات.', null],
    ['ar', 'لدينا ٤٬٠٠٠ ساعة من الأرشيف، و3 أصوات، يقول Google.', 'names'],
  ] as const)('is held to numbers and places across languages: %s, %s', (language, text, fault) => {
    const original = {
      text: 'Au Sénégal nous avons 4 000 heures d’archives, et trois voix.',
      language: 'fr',
    };
    expect(faultOf({ text, language }, original)).toBe(fault);
  });

  it('knows places in the language of the original', () => {
    const original = { text: 'Кения: у нас 3 врача.', language: 'ru' };
    expect(faultOf({ text: 'Kenya: we have 3 doctors.', language: 'en' }, original)).toBeNull();
    expect(faultOf({ text: 'Uganda: we have 3 doctors.', language: 'en' }, original)).toBe('names');
  });
});
