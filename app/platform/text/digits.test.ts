import { expect, it } from 'vitest';
import { asciiDigits } from './digits';

it('reads the digits of every script by their value', () => {
  const scripts = ['٠١٢٣٤٥٦٧٨٩', '۰۱۲۳۴۵۶۷۸۹', '०१२३४५६७८९', '๐๑๒๓๔๕๖๗๘๙', '０１２３４５６７８９'];
  for (const digits of scripts) expect(asciiDigits(digits)).toBe('0123456789');
  expect(asciiDigits('a 7, ٢٫٥')).toBe('a 7, 2٫5');
});

it('reads both of two adjacent sets of digits', () => {
  const myanmar = Array.from({ length: 20 }, (_, n) => String.fromCodePoint(0x116d0 + n));
  // In Unicode since version 16.
  const known = myanmar.every((digit) => /\p{Nd}/u.test(digit));
  if (known) expect(asciiDigits(myanmar.join(''))).toBe('01234567890123456789');
  const mathematical = Array.from({ length: 50 }, (_, n) => String.fromCodePoint(0x1d7ce + n));
  expect(asciiDigits(mathematical.join(''))).toBe('0123456789'.repeat(5));
});
