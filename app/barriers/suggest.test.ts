import { describe, expect, it } from 'vitest';
import { suggestBarriers } from './suggest';

const kindsOf = (text: string, language = 'en') =>
  suggestBarriers(text, language).kinds.map(({ kind }) => kind);

describe('suggesting kinds', () => {
  it('names what stands in the way, with the words that say so', () => {
    const text = 'Our clinic has power cuts every afternoon, so the app is useless.';
    const [first] = suggestBarriers(text, 'en').kinds;
    expect(first?.kind).toBe('connectivity');
    expect(first?.spans.map(({ start, end }) => text.slice(start, end))).toContain('power cuts');
  });

  it('counts a topic in full only where something is said to be wrong with it', () => {
    expect(kindsOf('We talked about electricity.')).toEqual([]);
    expect(kindsOf('The electricity fails us.')).toEqual(['connectivity']);
  });

  it('leaves out what is denied, and keeps what follows a "but"', () => {
    expect(suggestBarriers('We have no problem with electricity.', 'en')).toMatchObject({
      raises: false,
      reading: 'denied',
    });
    expect(kindsOf('The price is not the problem, but nobody was ever trained.')).toEqual([
      'skills',
    ]);
  });

  it('does not read quotations, code and addresses', () => {
    for (const quoted of [
      '> There is no electricity here,\nand no internet.\n\nI disagree.',
      '```\nno electricity\n```',
      'See `no electricity`.',
      'See https://example.org/no-electricity',
    ]) {
      expect(kindsOf(quoted), quoted).toEqual([]);
    }
  });
});
