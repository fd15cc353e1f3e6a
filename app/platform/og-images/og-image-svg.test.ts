import { describe, expect, test } from 'vitest';
import { type Card, cardSvg, needsSystemFonts } from './og-image-svg';
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

  test('leaves out characters without a font, and scripts that would be garbled', () => {
    expect(texts('Power cuts 🔌👩🏽‍💻 again')).toEqual(['Power cuts again']);
    expect(texts('हमारे विद्यालय में')).toEqual(['Causeway']);
  });

  test('uses system fonts only if needed', () => {
    expect(needsSystemFonts({ ...card, title: 'Жизнь, ζωή, حياة, חיים, đời – “1”' })).toBe(false);
    expect(needsSystemFonts({ ...card, title: '生活' })).toBe(true);
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
