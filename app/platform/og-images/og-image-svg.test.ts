import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { type Card, cardSvg, drawable } from './og-image-svg';
import { createCards } from './og-images';
import { createShaping, otherCharacters } from './shaped-text';
import { wrap } from './wrap-text';

const card: Card = {
  siteName: 'Causeway',
  title: 'What is in your way?',
  language: 'en',
  detail: '12 people in 5 countries',
};

function texts(title: string): string[] {
  const svg = cardSvg({ ...card, title });
  return [...svg.matchAll(/<text[^>]*font-weight="bold"[^>]*>([^<]*)</g)].map(
    ([, text = '']) => text,
  );
}

describe('a card', () => {
  test('shows the title, the site and a detail', () => {
    const svg = cardSvg(card);
    for (const text of ['What is in your way?', 'Causeway', '12 people in 5 countries']) {
      expect(svg).toContain(`>${text}</text>`);
    }
    expect(svg).toMatch(/^<svg [^>]*width="1200" height="630"/);
  });

  test('escapes markup', () => {
    const svg = cardSvg({ ...card, title: '</text><image href="file:///etc/passwd"/>&x;\u0000' });
    expect(svg).not.toContain('<image');
    expect(svg).toContain('&amp;x;');
    expect(svg).not.toContain('\u0000');
  });

  test('fits the longest title', () => {
    for (const title of ['word '.repeat(32), 'W'.repeat(160), '网'.repeat(160), 'ا'.repeat(160)]) {
      const lines = texts(title);
      expect(lines.length).toBeGreaterThan(1);
      expect(lines.length).toBeLessThanOrEqual(5);
    }
    expect(texts('a'.repeat(5_000)).join('').length).toBeLessThanOrEqual(201);
    expect(texts('long words '.repeat(50)).at(-1)).toMatch(/…$/);
  });

  test('is right-to-left if its title is', () => {
    const svg = cardSvg({ ...card, title: 'ما الذي يقف في طريقك؟' });
    expect(svg.match(/text-anchor="end"/g)).toHaveLength(3);
    expect(texts('مرحبا')).toEqual(['\u202bمرحبا\u202c']);
  });

  test('leaves out characters without a font, and text that nothing shapes', () => {
    expect(texts('Power cuts 🔌👩🏽‍💻 again')).toEqual(['Power cuts again']);
    const shown = drawable({ ...card, title: 'हमारे विद्यालय में' }, () => true);
    expect(shown).toEqual({ ...card, title: '' });
    expect(cardSvg(shown)).toMatch(/font-weight="bold"[^>]*>Causeway</);
  });

  test('leaves out a text without a font', () => {
    const chinese = { ...card, title: '学校的网络', detail: '12 人' };
    expect(drawable(chinese, () => true)).toEqual(chinese);
    expect(drawable(chinese, (character) => character !== '网')).toEqual({ ...chinese, title: '' });
    expect(drawable(chinese, () => false)).toEqual({ ...card, title: '', detail: '' });
  });

  test.each(['学校的网络', 'ネット', '인터넷', 'เน็ต', 'መብራት', 'A「B」', '！'])(
    'of %s is the same as without a title where no font is installed',
    async (title) => {
      const cards = createCards({ systemFonts: false });
      const [without, named] = await Promise.all([
        cards.draw({ ...card, title }).png(),
        cards.draw({ ...card, title: '' }).png(),
      ]);
      expect(without?.equals(named ?? Buffer.of())).toBe(true);
    },
  );

  test('shows what the bundled fonts have where no other is installed', async () => {
    const cards = createCards({ systemFonts: false });
    const pictures = await Promise.all(
      ['', 'Électricité', 'Электричество', 'كهرباء'].map((title) =>
        cards.draw({ ...card, title }).png(),
      ),
    );
    expect(new Set(pictures.map((png) => png?.toString('base64'))).size).toBe(4);
  });

  test.each(['हमारे विद्यालय में AI', 'আমাদের বিদ্যালয়ে', 'எங்கள் பள்ளியில்', 'น้ำท่วม'])(
    'of %s has its syllables side by side where a font is installed, and no boxes elsewhere',
    async (title) => {
      const require = createRequire(import.meta.url);
      const sans = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
      const shape = await createShaping({ Regular: sans, Bold: sans })(title);
      expect(shape('生', 'Bold', 'ltr')).toBeNull();
      const whole = shape(title, 'Bold', 'ltr');
      const shown = drawable({ ...card, title }, () => false, shape);
      if (!whole) return expect(shown.title).toBe('');

      // A syllable is as wide within the text as by itself; in resvg's text it is one glyph wide.
      const syllables = [...new Intl.Segmenter('und').segment(title)];
      const widths = syllables.map(({ segment }) => shape(segment, 'Bold', 'ltr')?.width ?? 0);
      const sum = widths.reduce((all, width) => all + width, 0);
      expect(whole.width).toBeGreaterThan(0.9 * sum);
      expect(whole.width).toBeLessThan(1.1 * sum);
      const svg = cardSvg(shown, shape);
      expect(svg).not.toMatch(/<text[^>]*font-weight="bold"/);
      const edges = [...svg.matchAll(/matrix\(\S+ 0 0 \S+ (\S+)/g)].map(([, x]) => Number(x));
      expect(Math.max(...edges)).toBeGreaterThan(80 + 38 * whole.width);
    },
  );

  test.each(['学校 المدرسة', 'ⴰⵣⵓⵍ መብራት'])(
    'of %s has no boxes, whichever fonts are installed',
    async (title) => {
      const sans = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
      const shape = await createShaping({ Regular: sans, Bold: sans })(title);
      const whole = shape(title, 'Bold', 'ltr');
      const shown = drawable({ ...card, title }, () => true, shape);
      expect(shown.title).toBe(whole ? title : '');
      // resvg writes only the site's name where a font is missing, and otherwise nothing that is bold.
      const written = cardSvg(shown, shape).match(/<text[^>]*font-weight="bold"[^>]*>([^<]*)/)?.[1];
      expect(written).toBe(whole ? undefined : 'Causeway');
    },
  );

  test('uses system fonts only if needed', () => {
    expect(otherCharacters('Жизнь, ζωή, حياة, חיים, đời – “1”')).toEqual([]);
    expect(otherCharacters('生活「生」🔌')).toEqual(['生', '活', '「', '」']);
  });
});

describe('wrap', () => {
  test('breaks between words without losing any', () => {
    for (const text of [
      'The quick brown fox (who was “lazy”) jumped over well-known dogs.',
      '学校的网络不够，怎么才能在教室里使用模型？',
      'อินเทอร์เน็ตของโรงเรียนเราไม่พอ',
    ]) {
      const lines = wrap(text, 8, 100);
      expect(lines.length).toBeGreaterThan(1);
      expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      // No line begins with closing punctuation or ends with opening punctuation.
      for (const line of lines) expect(line).not.toMatch(/^[,.!?)”，？]|[(“]$/);
    }
  });

  test('breaks a word that is too long itself', () => {
    expect(wrap('a'.repeat(50), 10, 100).length).toBeGreaterThan(2);
  });
});
