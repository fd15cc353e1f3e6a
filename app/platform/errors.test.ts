import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeError, forEachApart, ItemError, lineForOperator, loggableError } from './errors';

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

/** As Drizzle wraps what the driver of PostgreSQL throws. */
const refused = () =>
  Object.assign(new Error('Failed query: insert into users\nparams: ada@example.org'), {
    query: 'insert into users values ($1)',
    params: ['ada@example.org'],
    cause: Object.assign(new Error('duplicate key'), {
      code: '23505',
      detail: 'Key (email_key)=(ada@example.org) already exists.',
      constraint: 'users_email_key',
    }),
  });

describe('loggableError', () => {
  it('has the statement, the code and the lines of code, and no value', () => {
    const said = loggableError(new ItemError('mail 01jb', refused()));
    expect(said).toMatchObject({
      type: 'ItemError',
      item: 'mail 01jb',
      cause: {
        statement: 'insert into users values ($1)',
        stack: expect.stringContaining('app/platform/errors.test.ts:'),
        cause: { code: '23505', constraint: 'users_email_key' },
      },
    });
    expect(JSON.stringify(said)).not.toContain('ada@');
  });

  it.each([
    'ada@example.org',
    Object.assign(new Error('550 <ada@example.org> unknown'), { response: '550 ada@example.org' }),
    new AggregateError([new Error('ada@example.org')], 'ada@example.org'),
    new Error('ada@example.org\n    at ada@example.org (app/secret.ts:1:1)'),
  ])('leaves out what %s says', (error) => {
    expect(JSON.stringify(loggableError(error))).not.toContain('ada@');
  });
});

describe('lineForOperator', () => {
  it.each([
    [new Error('restore: the file is damaged\nmore'), 'restore: the file is damaged'],
    [Object.assign(new Error('connect ECONNREFUSED ::1:5432'), { code: 'ECONNREFUSED' }), 'ECONN'],
    [Object.assign(new Error('database "x" does not exist'), { code: '3D000' }), 'database "x"'],
  ])('is the message of %s', (error, words) => {
    expect(lineForOperator(error)).toContain(words);
    expect(lineForOperator(error)).not.toContain('\n');
  });

  it.each([
    refused(),
    Object.assign(new Error('invalid input syntax: "ada@example.org"'), { code: '22P02' }),
    Object.assign(new Error('535 no ada@example.org'), { responseCode: 535 }),
    new SyntaxError('Unexpected token, "ada@example.org" is not valid JSON'),
    'ada@example.org',
  ])('says where, not what, for %s', (error) => {
    expect(lineForOperator(error)).not.toContain('ada@');
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
