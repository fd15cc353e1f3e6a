import { describe, expect, it } from 'vitest';
import { readSearchTerms, type Term } from './words';

const shown = ({ tokens, prefix }: Term) => tokens.join('+') + (prefix ? '*' : '');
const read = (typed: string) => {
  const { wanted, unwanted } = readSearchTerms(typed);
  return { wanted: wanted.map(shown), unwanted: unwanted.map(shown) };
};

describe('a typed search', () => {
  it.each([
    ['two nurses', ['two', 'nurses*'], []],
    ['"two nurses"', ['two+nurses'], []],
    ['“two nurses” «à Paris»', ['two+nurses', 'a+paris'], []],
    ['power -grid -"solar panel"', ['power*'], ['grid', 'solar+panel']],
    ['e-mail', ['e+mail*'], []],
    ['人工智能', ['人+工', '智+能'], []],
    ['"人工智能"', ['人+工+智+能'], []],
    ['ไทย', ['ไ+ท+ย'], []],
    ['AI', ['ai'], []],
    ['unclosed "quote here', ['unclosed*', 'quote+here'], []],
  ])('%s', (typed, wanted, unwanted) => {
    expect(read(typed)).toEqual({ wanted, unwanted });
  });

  it.each([
    ['e-mail', ['email*', 'emails']],
    ['nurses', ['nurse']],
    ['nurse', ['nurses']],
    ['policy', ['policies']],
    ['ai', []],
    ['العمل', ['وعمل', 'للعمل*']],
    ['人工智能', []],
  ])('%s is looked up in other forms too', (typed, forms) => {
    const others = readSearchTerms(typed).wanted.flatMap(({ others = [] }) => others.map(shown));
    expect(others).toEqual(expect.arrayContaining(forms));
    if (forms.length === 0) expect(others).toEqual([]);
    expect(readSearchTerms(`"${typed}" -${typed}`)).not.toMatchObject({
      wanted: [{ others: [{}] }],
    });
  });

  it.each(['', ' ', '"', '""', '-', '--', '-"', '*', '()', '^', '👍', '\u0000', '\ud800', "'"])(
    'has no words: %j',
    (typed) => {
      expect(read(typed)).toEqual({ wanted: [], unwanted: [] });
    },
  );

  it('is cut if it is too long', () => {
    expect(readSearchTerms('word '.repeat(10_000)).wanted.length).toBeLessThanOrEqual(16);
    expect(
      readSearchTerms('人'.repeat(10_000)).wanted.flatMap((t) => t.tokens).length,
    ).toBeLessThan(201);
  });
});
