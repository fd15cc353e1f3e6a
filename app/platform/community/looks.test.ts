import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { COLOURS } from '~/platform/palette';
import community from '~db/seed/community.json';
import { GLYPHS } from './glyphs';
import { LOOK_COLOURS } from './look-colours';

/** Relative luminance of WCAG 2.2, of a colour such as `#1c5a8a`. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

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

it('has rules in the style sheet for every colour', () => {
  const tokens = readFileSync('app/ui/styles/tokens.css', 'utf8');
  for (const name of LOOK_COLOURS) {
    expect(tokens).toContain(`\n.${name} {\n  --hue: light-dark(`);
  }
});

it('has glyphs of one kind, and the seed uses them', () => {
  for (const path of Object.values(GLYPHS)) expect(path).toMatch(/^M[\dMLHVCSAZmlhvcsaz .-]+$/);
  for (const { glyph, colour } of community.pillars) {
    expect(Object.keys(GLYPHS)).toContain(glyph);
    expect(LOOK_COLOURS).toContain(colour);
  }
});
