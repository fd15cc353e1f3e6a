import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const here = new URL('.', import.meta.url);
const names = readdirSync(here).filter((name) => name.endsWith('.css'));

function rules(name: string): string {
  return readFileSync(new URL(name, here), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
}

/**
 * Physical directions (left, right) in CSS, where right-to-left pages need logical ones (start,
 * end).
 */
const PHYSICAL = [
  /(?:^|[\s;{])(?:margin|padding|scroll-margin|scroll-padding)-(?:left|right|top|bottom)\s*:/,
  /(?:^|[\s;{])border(?:-(?:top|bottom))?-(?:left|right|top|bottom)(?:-[\w-]+)?\s*:/,
  /(?:^|[\s;{])(?:left|right|top|bottom)\s*:/,
  /(?:^|[\s;{])(?:min-|max-)?(?:width|height)\s*:/,
  /(?:^|[\s;{])(?:text-align|float|clear)\s*:\s*(?:left|right)\b/,
];

function physical(css: string): string[] {
  return PHYSICAL.flatMap((pattern) => css.match(new RegExp(pattern, 'g')) ?? []).map((found) =>
    found.trim(),
  );
}

describe('physical directions', () => {
  it.each([
    'p { margin-left: 1px }',
    'p{padding-right:0}',
    'p { border-top-left-radius: 2px }',
    'p { left: 0 }',
    'p { max-width: 3rem }',
    'p { text-align: left; }',
    'p { float: right }',
  ])('%s', (css) => {
    expect(physical(css)).not.toEqual([]);
  });

  it.each([
    'p { margin-inline-start: 1px; border-block-end: 0 }',
    '@media (width >= 45rem) { p { max-inline-size: 3rem } }',
    'p { inset-inline-start: 0; text-align: start; float: inline-start }',
    'p { line-height: 1; border-radius: 2px; vertical-align: top }',
  ])('but not %s', (css) => {
    expect(physical(css)).toEqual([]);
  });
});

describe.each(names)('%s', (name) => {
  it('names sides of the text, never of the screen', () => {
    expect(physical(rules(name))).toEqual([]);
  });

  it('takes its colours from the tokens', () => {
    const coloured = name === 'tokens.css' ? '' : rules(name);
    const own = coloured.match(/#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(/gi) ?? [];
    // Printed paper is white, whatever the tokens say.
    expect(own.filter((colour) => !(name === 'base.css' && colour === '#fff'))).toEqual([]);
  });
});
