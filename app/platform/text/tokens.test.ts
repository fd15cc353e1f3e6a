import { describe, expect, it } from 'vitest';
import { processorTime } from '../../../tests/support/processor-time';
import { fold } from './fold';
import { tokenize, wordsOf } from './tokens';

const tokens = (text: string) => tokenize(text).map(({ folded }) => folded);
const words = (text: string) => wordsOf(text).map((word) => word.map((t) => t.folded).join(''));

describe('folding makes equal', () => {
  it.each([
    ['German', ['Straße', 'STRASSE', 'strasse', 'STRAẞE']],
    ['French', ['Éducation', 'education', 'e\u0301ducation']],
    ['Turkish', ['ısı', 'isi', 'ISI', 'İSİ', 'Isı']],
    ['Vietnamese', ['Điện', 'dien']],
    ['Polish', ['Łódź', 'lodz']],
    ['Hausa', ['ƙasa', 'kasa']],
    ['Russian', ['Ёлка', 'елка']],
    ['Greek', ['ΟΔΟΣ', 'οδός', 'οδοσ']],
    ['Arabic', ['مُدَرِّسَة', 'مدرسة', 'مـــدرسة', 'مدرسه', 'المدرسة']],
    ['Arabic alef', ['إلى', 'الى', 'الي']],
    ['Persian', ['می‌خواهم', 'ميخواهم']],
    ['Hebrew', ['שָׁלוֹם', 'שלום']],
    ['Hindi', ['ज़मीन', 'जमीन']],
    ['Hindi nasals', ['सम्बन्ध', 'संबंध', 'सम्बन्\u200dध']],
    ['Japanese width', ['ｶﾞ', 'ガ', 'カ\u3099']],
    ['Korean', ['한', '\u1112\u1161\u11ab']],
    ['digits', ['2026', '٢٠٢٦', '२०२६', '２０２６']],
    ['ligatures', ['ﬁbre', 'fibre']],
  ])('%s', (_, spellings) => {
    expect(new Set(spellings.map(fold)).size).toBe(1);
    expect(fold(spellings[0] ?? '')).not.toBe('');
  });
});

describe('folding keeps different', () => {
  it.each([
    ['Russian й and и', 'мой', 'мои'],
    ['kana with and without voice', 'か', 'が'],
    ['Hindi vowels', 'की', 'कू'],
    ['Thai tones', 'ไก่', 'ไก'],
    ['a word that only begins like the Arabic article', 'الله', 'له'],
  ])('%s', (_, one, other) => {
    expect(fold(one)).not.toBe(fold(other));
  });
});

describe('tokens', () => {
  it.each([
    ['Latin', 'No e-mail, don’t call!', ['no', 'e', 'mail', 'don', 't', 'call']],
    ['Chinese', '人工智能AI很好。', ['人', '工', '智', '能', 'ai', '很', '好']],
    ['Japanese', '東京でデータ', ['東', '京', 'で', 'デ', 'ー', 'タ']],
    ['Korean', '인공 지능은', ['인', '공', '지', '능', '은']],
    ['Thai', 'น้ำดี', ['น้ํา', 'ดี']],
    ['Khmer', 'ខ្មែរ', ['ខ្', 'មែ', 'រ']],
    ['Lao', 'ລາວ', ['ລ', 'າ', 'ວ']],
    ['Hindi', 'हिन्दी में', ['हिंदी', 'में']],
    ['Hebrew', 'צה"ל, צה״ל', ['צהל', 'צהל']],
    ['Amharic', 'ሰላም፡ዓለም', ['ሰላም', 'ዓለም']],
    ['Tibetan', 'བོད་ཡིག', ['བོད', 'ཡིག']],
    ['nothing', ' *** — 👍 ', []],
  ])('of %s', (_, text, expected) => {
    expect(tokens(text)).toEqual(expected);
  });

  it('have their position in the original text', () => {
    const text = '«Straße» 人工 שָׁלוֹם';
    expect(tokenize(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      'Straße',
      '人',
      '工',
      'שָׁלוֹם',
    ]);
  });

  it('contain no characters with a meaning in the index', () => {
    const odd = 'a⑴b ½ ﷺ ㌔ x\u0000y \ud800 "*^:(){}+-';
    for (const token of tokens(odd)) expect(token).toMatch(/^[\p{L}\p{N}\p{M}]+$/u);
  });

  it('take time in proportion to the text, also without a space in it', () => {
    const took = (times: number) => processorTime(() => tokenize('การศึกษาออนไลน์'.repeat(times)));
    expect(tokenize('การศึกษาออนไลน์'.repeat(1300)).length).toBeGreaterThan(10_000);
    // The text is 20 times as long; quadratic time would take 400 times as long.
    expect(took(1300)).toBeLessThan(100 * Math.max(took(65), 2));
  });
});

describe('words', () => {
  it.each([
    ['Chinese', '人工智能教育', ['人工', '智能', '教育']],
    ['Thai', 'การศึกษาออนไลน์', ['การ', 'ศึกษา', 'ออนไลน์']],
    ['English', 'two words', ['two', 'words']],
  ])('of %s', (_, text, expected) => {
    expect(words(text)).toEqual(expected);
  });
});
