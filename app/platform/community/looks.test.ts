import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import community from '~db/seed/community.json';
import { GLYPHS } from './glyphs';
import { LOOK_COLOURS } from './look-colours';

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
