import { describe, expect, it } from 'vitest';
import { hashPassword, isGuessable, passwordProblem, verifyPassword } from './passwords';

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

  it('are the same in every Unicode composition', async () => {
    const stored = await hashPassword('cafe\u0301 au lait');
    expect(await verifyPassword(stored, 'caf\u00e9 au lait')).toBe(true);
  });

  it('never match for an account without a password', async () => {
    for (const password of ['', 'correct horse', '\0'.repeat(32)]) {
      expect(await verifyPassword(null, password)).toBe(false);
    }
  });

  it('take about as long to check without an account', async () => {
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
    // If the hashing were skipped, it would take a thousandth of the time; noise is far smaller.
    expect(await time(null)).toBeGreaterThan((await time(stored)) / 10);
  });

  it('have 10 to 200 visible characters', () => {
    expect(passwordProblem('123456789')).toBe('people.error.passwordLength');
    expect(passwordProblem('1234567890')).toBeNull();
    expect(passwordProblem('🔑'.repeat(9))).toBe('people.error.passwordLength');
    expect(passwordProblem('🔑'.repeat(200))).toBeNull();
    expect(passwordProblem('x'.repeat(201))).toBe('people.error.passwordLength');
    expect(passwordProblem('')).toBe('people.error.passwordEmpty');
  });

  const words = ['ada.lovelace@example.org', 'ada_lovelace', 'Causeway'];

  it.each([
    ...['Password123', 'Password123!', 'P@ssw0rd2026', 'causeway123', 'Causeway2026!'],
    ...['admin12345', 'aaaaaaaaaaaa', 'abcdefghij', '1q2w3e4r5t6y', '2026-11-02ab', '0987654321'],
    ...[
      'ADA_Lovelace',
      'ada.lovelace',
      'ada.lovelace@example.org',
      'lovelace1990!',
      'ada_lovelace7',
    ],
    ...['motdepasse1', 'azertyuiop12', 'пароль12345', 'soleil2026!', 'thisismypassword'],
  ])('are not as easy to guess as %s', async (guess) => {
    expect(await isGuessable(guess, words)).toBe(true);
  });

  it.each([
    ...['a boat on the causeway', 'kurtis-blue-tree', 'x7Kp-29fLq', 'mama wa watoto wangu'],
    ...['القارب يعبر الجسر', 'निर्मला नदी पार', 'une pirogue au port'],
  ])('may be %s', async (password) => {
    expect(await isGuessable(password, words)).toBe(false);
  });

  it('are checked quickly, whatever is typed', async () => {
    const hardest = ['4@8({[<369!1|0$5+7%2', 'p@ssw0rd1l0v3y0u', '19901230-', '1!|7$54@', 'aA1'];
    await isGuessable('load the list', words);
    const used = process.cpuUsage();
    for (const part of hardest) await isGuessable(part.repeat(200).slice(0, 200), words);
    // Estimated in full, each of them takes seconds.
    expect(process.cpuUsage(used).user / 1000).toBeLessThan(1000);
  });
});
