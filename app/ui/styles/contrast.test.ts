import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LOOK_COLOURS } from '~/platform/community/look-colours';
import { COLOURS } from '~/platform/palette';

/**
 * WCAG 2.2 minimum contrast: AAA for long texts, AA for all other text, 1.4.11 for the edges of
 * fields.
 */
const LEAST = { reading: 7, text: 4.5, edge: 3 };

/** Purely decorative lines, which need no contrast. */
const DECORATIVE = new Set(['line']);

type Scheme = 'light' | 'dark';
type Colour = Record<Scheme, string>;

const tokens = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');
const colours = new Map<string, Colour>(Object.entries(COLOURS));
const papers = [...colours].filter(([name]) => name.startsWith('paper'));
const inks = [...colours].filter(
  ([name]) => !name.startsWith('paper') && name !== 'accent-ink' && !DECORATIVE.has(name),
);

function least(name: string): number {
  if (name === 'ink') return LEAST.reading;
  return name === 'field-line' ? LEAST.edge : LEAST.text;
}

/** Relative luminance of an sRGB colour, as WCAG 2.2 defines it. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe('contrast', () => {
  it('agrees with known pairs', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
    expect(contrast('#123456', '#123456')).toBe(1);
  });

  it('finds every colour of the site', () => {
    const written = [...tokens.matchAll(/#[0-9a-f]{3,8}\b/gi)].length;
    expect(colours.size * 2).toBe(written);
    expect(papers.map(([name]) => name)).toEqual(['paper', 'paper-sunk', 'paper-field']);
    expect(inks.length).toBeGreaterThan(8);
  });
});

describe.each<Scheme>(['light', 'dark'])('in the %s scheme', (scheme) => {
  it.each(inks)('%s can be read on every paper', (name, ink) => {
    for (const [paper, ground] of papers) {
      expect(contrast(ink[scheme], ground[scheme]), paper).toBeGreaterThanOrEqual(least(name));
    }
  });

  it('text on accent buttons is readable', () => {
    const [words, ground] = [colours.get('accent-ink'), colours.get('accent')];
    expect(contrast(words?.[scheme] ?? '', ground?.[scheme] ?? '')).toBeGreaterThanOrEqual(7);
  });
});

it.each(LOOK_COLOURS)('%s is legible as text in light and dark', (name) => {
  for (const mode of ['light', 'dark'] as const) {
    for (const ground of ['paper', 'paper-sunk', 'paper-field'] as const) {
      const found = contrast(COLOURS[name][mode], COLOURS[ground][mode]);
      expect(found, `${mode}, on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
    // As the accent of a site, it is the ground of buttons.
    const button = contrast(COLOURS['accent-ink'][mode], COLOURS[name][mode]);
    expect(button, `${mode}, as a button`).toBeGreaterThanOrEqual(4.5);
  }
});
