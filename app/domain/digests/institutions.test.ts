import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LexiconLanguage } from '~/domain/barriers/lexicon';
import { textFlags } from './disclosure-text';
import { institutionIn } from './institutions';

// One example a line: half, language, what is to be found (nothing if empty), and the text.
const lines = readFileSync(new URL('institutions.examples.txt', import.meta.url), 'utf8');
const examples = lines
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [half = '', language = '', found = '', text = ''] = line.split(/ *\| */);
    return { half, language: language as LexiconLanguage, found, text };
  });
const find = ({ language, text }: (typeof examples)[number]) =>
  institutionIn(text.replace(/’/g, "'"), language) ?? '';

describe('the name of an institution', () => {
  it.each(examples.filter(({ half }) => half === 'tune'))('$language: $text', (example) => {
    expect(find(example)).toBe(example.found);
  });

  it('is found in ten languages that nothing was tuned on, and ordinary words are not', () => {
    const held = examples.filter(({ half }) => half === 'held');
    const named = held.filter(({ found }) => found !== '');
    const ordinary = held.filter(({ found }) => found === '');
    expect(new Set(named.map(({ language }) => language)).size).toBe(10);
    expect(new Set(ordinary.map(({ language }) => language)).size).toBe(10);
    expect(named.filter((one) => find(one) !== '').length / named.length).toBeGreaterThan(0.9);
    expect(ordinary.filter((one) => find(one) !== '')).toEqual([]);
  });

  it('is told once, apart from the name of a person', () => {
    const told = (text: string) => textFlags(text, 'en').map(({ kind, found }) => [kind, found]);
    expect(told('I am a nurse at Mandeville Regional.')).toEqual([
      ['institution', 'Mandeville Regional'],
    ]);
    expect(told('The scanner at Kimilili Cottage Hospital waits.')).toEqual([
      ['institution', 'Kimilili Cottage Hospital'],
    ]);
    expect(told('Kwame Mensah left Kimilili Cottage Hospital.')).toEqual([
      ['name', 'Kwame Mensah'],
      ['institution', 'Kimilili Cottage Hospital'],
    ]);
  });
});
