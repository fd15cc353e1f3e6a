import { describe, expect, it } from 'vitest';
import { handleKey, handleProblem, isReservedHandle, tidyHandle } from './handles';

describe('a handle', () => {
  it.each([
    'ada',
    'Ada_Lovelace-2',
    'kofi_dev',
    'Ọlá',
    'فاطمة_٢',
    'अनीता',
    'ሰላም',
    'さくら山',
    '김철수',
    'ⵜⵉⴼⵉ',
    'a'.repeat(30),
  ])('may be %s', (handle) => {
    expect(handleProblem(handle)).toBeNull();
  });

  it.each([
    ['', 'people.error.handleEmpty'],
    ['   ', 'people.error.handleEmpty'],
    ['ab', 'people.error.handleLength'],
    ['a'.repeat(31), 'people.error.handleLength'],
    ['ada lovelace', 'people.error.handleCharacters'],
    ['ada@home', 'people.error.handleCharacters'],
    ['../admin', 'people.error.handleCharacters'],
    ['_ada', 'people.error.handleCharacters'],
    ['ada-', 'people.error.handleCharacters'],
    ['ada\u200dlove', 'people.error.handleCharacters'],
    ['ada\u202elove', 'people.error.handleCharacters'],
    ['ada\u3164', 'people.error.handleCharacters'],
    [`a${'\u0316'.repeat(5)}bc`, 'people.error.handleCharacters'],
    ['аda', 'people.error.handleScript'], // a Cyrillic а
    ['adaفاطمة', 'people.error.handleScript'],
  ])('may not be %j', (handle, problem) => {
    expect(handleProblem(handle)).toBe(problem);
  });

  it('is counted in characters, not in code units', () => {
    expect(handleProblem('𞤀𞤁𞤂')).toBeNull();
    expect(handleProblem('𞤀𞤁')).toBe('people.error.handleLength');
  });

  it('is stored composed', () => {
    expect(tidyHandle(' Zoe\u0301 ')).toBe('Zo\u00e9');
  });
});

describe('the key of a handle', () => {
  it.each([
    ['Ada', 'aDA'],
    ['ada', 'ａｄａ'],
    ['Zoé', 'Zoe\u0301'],
    ['straße', 'STRASSE'],
    ['ılgaz', 'Ilgaz'],
    ['ali1', 'ali١'],
    ['محمد', 'محـمد'],
  ])('is the same for %s and %s', (one, other) => {
    expect(handleKey(one)).toBe(handleKey(other));
  });

  it('differs where the names differ', () => {
    const names = ['ada', 'ada1', 'ada2', 'ada9', 'ad_a', 'zoe', 'zoé', 'ali٢', 'ali٩'];
    expect(new Set(names.map(handleKey)).size).toBe(names.length);
  });

  it('turns every set of digits into the same ten', () => {
    for (const digits of [
      '٠١٢٣٤٥٦٧٨٩',
      '۰۱۲۳۴۵۶۷۸۹',
      '०१२३४५६७८९',
      '𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗',
      '０１２３４５６７８９',
    ]) {
      expect(handleKey(digits)).toBe('0123456789');
    }
  });

  it('guards reserved names however they are written', () => {
    for (const name of ['admin', 'ADMIN', 'Moderator', 'Modérateur', 'المشرف']) {
      expect(isReservedHandle(name), name).toBe(true);
    }
    expect(isReservedHandle('ada')).toBe(false);
  });
});
