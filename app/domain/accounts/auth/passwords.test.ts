import { describe, expect, it } from 'vitest';
import { hashPassword, isObviousPassword, passwordProblem, verifyPassword } from './passwords';

describe('passwords', () => {
  it('are stored as argon2id of at least the cost that OWASP asks for, each with its own salt', async () => {
    const [one, other] = await Promise.all([
      hashPassword('correct horse'),
      hashPassword('correct horse'),
    ]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
  });

  it('open with the right one only', async () => {
    const stored = await hashPassword('correct horse');
    expect(await verifyPassword(stored, 'correct horse')).toBe(true);
    expect(await verifyPassword(stored, 'Correct horse')).toBe(false);
    expect(await verifyPassword(stored, '')).toBe(false);
  });

  it('are the same however a keyboard composes them', async () => {
    const stored = await hashPassword('cafe\u0301 au lait');
    expect(await verifyPassword(stored, 'caf\u00e9 au lait')).toBe(true);
  });

  it('never open an account that has none', async () => {
    for (const password of ['', 'correct horse', '\0'.repeat(32)]) {
      expect(await verifyPassword(null, password)).toBe(false);
    }
  });

  it('take about as long to refuse where there is no account', async () => {
    const stored = await hashPassword('correct horse');
    const time = async (hash: string | null) => {
      const times: number[] = [];
      for (let round = 0; round < 5; round++) {
        const start = performance.now();
        await verifyPassword(hash, 'wrong horse');
        times.push(performance.now() - start);
      }
      return Math.min(...times);
    };
    // A skipped check would take a thousandth of the time; noise never takes nine tenths.
    expect(await time(null)).toBeGreaterThan((await time(stored)) / 10);
  });

  it('have 10 to 200 characters, counted as people count them', () => {
    expect(passwordProblem('123456789')).toBe('people.error.passwordLength');
    expect(passwordProblem('1234567890')).toBeNull();
    expect(passwordProblem('🔑'.repeat(9))).toBe('people.error.passwordLength');
    expect(passwordProblem('🔑'.repeat(200))).toBeNull();
    expect(passwordProblem('x'.repeat(201))).toBe('people.error.passwordLength');
    expect(passwordProblem('')).toBe('site.error.required');
  });

  it('are not the first that anybody would try', () => {
    const ada = { email: 'ada.lovelace@example.org', handle: 'ada_lovelace' };
    for (const guess of [
      'Password123',
      'aaaaaaaaaaaa',
      'ADA_Lovelace',
      'ada.lovelace',
      ada.email,
    ]) {
      expect(isObviousPassword(guess, ada), guess).toBe(true);
    }
    expect(isObviousPassword('a boat on the causeway', ada)).toBe(false);
  });
});
