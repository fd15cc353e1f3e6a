import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeError, forEachApart, ItemError } from './errors';

const HERE = /^\S+ at app\/platform\/errors\.test\.ts:\d+$/;

describe('describeError', () => {
  it('contains the type and code location of an error, without its message', () => {
    const said = describeError(new RangeError('ada@example.org\n    at app/secret.ts:1'));
    expect(said).toMatch(HERE);
    expect(said).toMatch(/^RangeError/);
    const parsed = z.strictObject({}).safeParse({ 'ada@example.org': 1 });
    expect(describeError(parsed.error)).toMatch(/^ZodError/);
    expect(describeError(parsed.error)).not.toContain('@');
  });

  it('contains the code of the wrapped error, and the item', () => {
    const cause = Object.assign(new Error('UNIQUE: ada@example.org'), {
      code: 'SQLITE_CONSTRAINT',
    });
    const wrapped = new Error('Failed query, params: ada@example.org', { cause });
    const said = describeError(new ItemError('digest 01jb', wrapped));
    expect(said).toMatch(/^digest 01jb: Error SQLITE_CONSTRAINT at app\/platform\/errors\.test/);
    expect(said).not.toContain('@');
  });

  it('accepts values that are not errors', () => {
    expect(describeError('ada@example.org')).toBe('string');
    expect(describeError(undefined)).toBe('undefined');
  });
});

describe('forEachApart', () => {
  it('continues after a failed item, and returns it', async () => {
    const done: number[] = [];
    const { failed, errors } = await forEachApart(
      [1, 2, 3],
      (n) => `number ${n}`,
      async (n) => {
        if (n === 2) throw new Error('no');
        done.push(n);
      },
    );
    expect(done).toEqual([1, 3]);
    expect(failed).toEqual([2]);
    expect(errors.map(({ item }) => item)).toEqual(['number 2']);
  });
});
