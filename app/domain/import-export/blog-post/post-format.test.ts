import { expect, test } from 'vitest';
import { formatOf } from './post-format';

test.each([
  ['# On sheds\n\nWords.', 'markdown'],
  ['On sheds\n========\n\nWords.', 'markdown'],
  ['---\ntitle: On sheds\n---\nWords.', 'markdown'],
  ['<h1 align="center">On sheds</h1>\n\n## Why\n\n<p>Words.</p><p>More.</p>', 'markdown'],
  ['\n<!doctype html><p>On sheds', 'html'],
  ['<h1>On sheds</h1><h2>How</h2><pre>\n# a comment in a listing\n</pre>', 'html'],
  ['<article><p>On sheds', 'text'],
  ['<div><p>On sheds</p></div>', 'html'],
  ['On sheds\n\nWords, 3 < 4, #shed.', 'text'],
  ['', 'text'],
])('%j is %s', (source, format) => {
  expect(formatOf(source)).toBe(format);
});
