import { expect, it } from 'vitest';
import { lookOf, shapeOf, waysToDraw, wordsOf } from './look';
import { hasBlanks, singleLine, visibleLength, withoutBlanks } from './visible';

it.each([
  ['admin', 'ADMlN'],
  ['admin', 'adm1n'],
  ['official', 'OFFlClAL'],
  ['moderator', 'M0derat0r'],
  ['moderator', 'mоdеrаtоr'], // Cyrillic о, е, а
  ['admin', '𝐀𝐝𝐦𝐢𝐧'],
  ['admin', 'ａｄｍｉｎ'],
  ['admin', 'аdmіn'],
  ['administrator', 'Adm!n|strat0r'],
  ['moderator', 'rnoderator'],
  ['staff', '$t@ff'],
  ['admin', 'ad\u200bmin'],
  ['moderateur', 'Modérateur'],
])('%s looks like %s', (one, other) => {
  expect(lookOf(other)).toBe(lookOf(one));
});

it.each([
  ['Wanjiru', 'wanjiru'],
  ['Wanjiru', 'WANJIRU'],
  ['wanjiru', 'WANJlRU'],
  ['Wanjiru', 'WANJlRU'],
  ['IBRAHIM', 'ibrahim'],
  ['Ibrahim', 'lbrahim'],
  ['ibrahim', 'lbrahim'],
  ['Marla', 'MarIa'],
  ['McIntyre', 'Mcintyre'],
  ['ELLA', 'ElLA'],
  ['Amina Diallo', 'Arnina D1allo'],
  ['Amina Diallo', 'AMINA DlALLO'],
  ['НАТАША', 'наташа'],
  ['Наташа', 'HATAША'],
  ['Amina', 'Αminа'],
])('%s may be what is read in %s', (known, other) => {
  expect(waysToDraw(other).map(shapeOf)).toContain(shapeOf(known));
});

it.each([
  ['Maria', 'Marla'],
  ['Ella', 'Elia'],
  ['Ilias', 'Lilas'],
  ['Lia', 'Ila'],
  ['Neil', 'Nell'],
  ['Karl', 'Kari'],
  ['Aida', 'Alda'],
  ['Ада', 'Ada'],
  ['أحمد', 'Ahmad'],
])('nobody takes %s for %s', (one, other) => {
  expect(waysToDraw(other).map(shapeOf)).not.toContain(shapeOf(one));
  expect(waysToDraw(one).map(shapeOf)).not.toContain(shapeOf(other));
});

it('distinguishes texts that do not look alike', () => {
  const names = [
    'ada',
    'amina',
    'kofi',
    'अमित',
    'தமிழ்',
    'فاطمة',
    '김철수',
    'さくら',
    'admin',
    'mod',
  ];
  expect(new Set(names.map(lookOf)).size).toBe(names.length);
});

it('reads signs between letters as letters, and splits words at other signs', () => {
  expect(wordsOf('Causeway-Team · m@d')).toEqual(['Causeway', 'Team', 'mad']);
});

it.each(['\u3164', '\u2800', '\uffa0', '\u200b'.repeat(9), '\u115f\u1160', '\u2060', '\u{e0041}'])(
  'finds no visible characters in %j',
  (text) => {
    expect(visibleLength(text)).toBe(0);
    expect(hasBlanks(text)).toBe(true);
    expect(withoutBlanks(`a${text}b`)).toBe('ab');
  },
);

it('keeps the joiners that scripts need', () => {
  for (const text of ['نمی\u200cخواهم', 'ක්\u200dෂ', '❤\ufe0f']) expect(hasBlanks(text)).toBe(false);
});

it.each([
  ['a\u200dd\u200dmin', 'admin'],
  ['Ada\ufe0f', 'Ada'],
  ['\u0301\u0302Ada', 'Ada'],
  ['\u0301', ''],
  ['\u200d\u200d', ''],
  ['\u{e0100}\ufe0e', ''],
  ['\u3164\u2800 \uffa0', ''],
  ['  two \t\n words\u2028here ', 'two words here'],
  [`Z${'\u0335'.repeat(40)}algo`, `Z${'\u0335'.repeat(5)}algo`],
  ['Ze\u0301', 'Zé'],
  ['👩\u200d👩\u200d👧 ❤\ufe0f 1\ufe0f\u20e3', '👩\u200d👩\u200d👧 ❤\ufe0f 1\ufe0f\u20e3'],
  ['क्\u200dष क्\u200cष', 'क्\u200dष क्\u200cष'],
  ['می\u200cخواهم', 'می\u200cخواهم'],
  ['ស្រី្ត ไม้ဗမာ བོད', 'ស្រី្ត ไม้ဗမာ བོད'],
])('makes one visible line of %j', (typed, line) => {
  expect(singleLine(typed)).toBe(line);
});
