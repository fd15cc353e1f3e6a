import { describe, expect, test } from 'vitest';
import { hasBrokenCharacters, repairText, withoutRepeatedLines } from './repair';
import { fromWindows1252 } from './windows-1252';

const misread = (text: string) => fromWindows1252(new TextEncoder().encode(text));

describe('repairText', () => {
  test.each([
    ['an apostrophe', 'isnâ€™t', 'isn’t'],
    ['an emoji', 'ðŸ’¬ Join', '💬 Join'],
    ['an emoji of several characters', misread('👩🏽‍🔧 mends'), '👩🏽‍🔧 mends'],
    ['accents', 'Repair CafÃ©', 'Repair Café'],
    ['a space', '10Â\u00a0%', '10 %'],
    ['a space that was made plain since', 'so.Â Then', 'so. Then'],
    ['Arabic', misread('ما أكبر عائق؟'), 'ما أكبر عائق؟'],
    ['Russian', misread('Что мешает?'), 'Что мешает?'],
    ['Chinese', misread('最大的障碍是什么？'), '最大的障碍是什么？'],
    ['what was misread twice', misread(misread('“CafÉ” – 💬')), '“CafÉ” – 💬'],
    ['a quotation mark whose last byte was lost', 'â€œkeyâ€, he said', '“key”, he said'],
    ['an emoji whose last byte was lost', 'ðŸ’ Join', ' Join'],
  ])('mends misread UTF-8: %s', (_, broken, sound) => {
    expect(repairText(broken)).toBe(sound);
  });

  test.each([
    '“Il est arrivé…”',
    '« CAFÉ » — à l’heure',
    'É—É',
    'smörgåsbord, naïve, São Paulo, Đà Nẵng',
    'ÂGE, château, VÂN',
    '5 € – 10 £, © 2025 Foo™',
    '👩🏽‍🔧 नमस्ते می‌خواهم',
  ])('does not change correct text: %s', (text) => {
    expect(repairText(text)).toBe(text);
  });

  test('removes unrecoverable characters, but keeps a bullet before a line', () => {
    expect(repairText('a\ufffdb\ud83d c\u0007')).toBe('ab c');
    expect(repairText('\ufffd\ufffd What would you mend?')).toBe('• What would you mend?');
  });

  test('has one kind of line end, one kind of space and nothing invisible', () => {
    expect(repairText('\ufeffa\r\nb\rc\u2028d\u00a0e\u202ff\u200bg\u00adh')).toBe(
      'a\nb\nc\nd e fgh',
    );
    expect(repairText('wo\u200drd \u200c end')).toBe('word  end');
  });

  test('does not change repaired text again', () => {
    const once = repairText('ðŸ’¬ \ufffd isnâ€™t\r\n\ufffd x\u00a0y');
    expect(repairText(once)).toBe(once);
  });
});

test('broken characters are noticed, sound ones are not', () => {
  expect(hasBrokenCharacters('a \ufffd')).toBe(true);
  expect(hasBrokenCharacters('a \ud83d')).toBe(true);
  expect(hasBrokenCharacters('a 💬 é')).toBe(false);
});

test('a line that repeats the one before it is dropped, tags and rules are not', () => {
  expect(withoutRepeatedLines('so it is\nso it is\n\nso it is\n</div>\n  </div>\n--\n--')).toEqual({
    text: 'so it is\n\nso it is\n</div>\n  </div>\n--\n--',
    repeats: 1,
  });
});
