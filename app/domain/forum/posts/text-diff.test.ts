import { describe, expect, it } from 'vitest';
import { compareTexts } from './text-diff';

describe('comparing texts', () => {
  it('marks added and removed words', () => {
    expect(compareTexts('The grid is down.', 'The old grid is up.', 1000)).toEqual([
      { kind: 'same', text: 'The ' },
      { kind: 'added', text: 'old ' },
      { kind: 'same', text: 'grid is ' },
      { kind: 'removed', text: 'down' },
      { kind: 'added', text: 'up' },
      { kind: 'same', text: '.' },
    ]);
  });

  it('never separates Arabic letters, nor marks from their letters', () => {
    expect(compareTexts('น้ำดี', 'น้ำเสีย', 1000)?.[0]).toEqual({ kind: 'same', text: 'น้ำ' });
    expect(compareTexts('停電が多い', '停電が少ない', 1000)?.slice(0, 3)).toEqual([
      { kind: 'same', text: '停電が' },
      { kind: 'removed', text: '多' },
      { kind: 'added', text: '少な' },
    ]);
    expect(compareTexts('الكهرباء تنقطع', 'الكهرباء تعود', 1000)).toEqual([
      { kind: 'same', text: 'الكهرباء ' },
      { kind: 'removed', text: 'تنقطع' },
      { kind: 'added', text: 'تعود' },
    ]);
  });

  it('cuts unchanged text to the context of the changes', () => {
    const long = 'word '.repeat(400);
    const changes = compareTexts(`A ${long}`, `B ${long}`, 1000) ?? [];
    expect(changes.map(({ kind }) => kind)).toEqual(['removed', 'added', 'same', 'gap']);
    expect(changes[2]?.text.length).toBeLessThan(250);
    expect(compareTexts(long, long, 1000)).toEqual([{ kind: 'same', text: long }]);
  });

  it('keeps both texts complete', () => {
    const older = '*Ábc* — 12 «x»\n\n\u0301stray 👩🏽‍🌾 ไทย';
    const newer = 'Ábc - 13 «x»\n👩🏽‍🌾 ไท 日本';
    const changes = compareTexts(older, newer, 1000) ?? [];
    const without = (kind: string) =>
      changes.flatMap((one) => (one.kind === kind ? [] : one.text)).join('');
    expect(without('added')).toBe(older);
    expect(without('removed')).toBe(newer);
  });

  it('stops in time for texts without anything in common', () => {
    const older = Array.from({ length: 9000 }, (_, n) => `a${n % 97}`).join(' ');
    const newer = Array.from({ length: 9000 }, (_, n) => `b${n % 89}`).join(' ');
    expect(compareTexts(older, newer, 50)).toBeNull();
  });
});
