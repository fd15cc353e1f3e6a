import { hash, verify } from '@node-rs/argon2';
import type { MessageKey } from '~/platform/i18n/translator';

const SHORTEST = 10;
const LONGEST = 200;

/** OWASP's least for argon2id (the library's default variant): 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * A well-formed hash, of the same cost, that no known password gives. Checking against it where
 * there is no account takes as long as checking where there is one.
 */
const NOBODYS = [
  `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}`,
  Buffer.alloc(16).toString('base64').replaceAll('=', ''),
  Buffer.alloc(32).toString('base64').replaceAll('=', ''),
].join('$');

/** The most used passwords that are long enough, from published lists of leaked ones. */
const COMMON = new Set([
  ...['0123456789', '1234567890', '12345678910', '0987654321', '9876543210', '123456789a'],
  ...['1q2w3e4r5t', '1q2w3e4r5t6y', '1qaz2wsx3edc', 'q1w2e3r4t5', 'qwertyuiop', 'qwerty1234'],
  ...['qwerty12345', 'qwerty123456', 'azertyuiop', 'asdfghjkl1', 'qazwsxedcrfv', 'abcdefghij'],
  ...['abcd123456', 'password12', 'password123', 'password1234', 'passw0rd123', 'motdepasse'],
  ...['motdepasse1', 'iloveyou123', 'letmein1234', 'welcome123', 'football123', 'sunshine123'],
]);

/** The same password however a keyboard composes it. */
function normal(password: string): string {
  return password.normalize('NFKC');
}

/** Why a text cannot be anybody's password, as a message; null when it can. */
export function passwordProblem(password: string): MessageKey | null {
  if (password === '') return 'site.error.required';
  const length = [...normal(password)].length;
  if (length < SHORTEST || length > LONGEST) return 'people.error.passwordLength';
  return null;
}

/** Whether a password is among the first that anybody would try for this person. */
export function isObviousPassword(password: string, person: { email: string; handle: string }) {
  const text = normal(password).toLowerCase();
  const own = [person.email, person.email.split('@')[0] ?? '', person.handle];
  return (
    COMMON.has(text) ||
    /^(.)\1*$/u.test(text) ||
    own.some((word) => text === normal(word).toLowerCase())
  );
}

/** The hash to store (argon2id, PHC string). */
export function hashPassword(password: string): Promise<string> {
  return hash(normal(password), COST);
}

/**
 * Whether a password is the one that was stored. Null stands for an account that is not there
 * or has no password: never right, and as slow as if it were.
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const fits = [...password].length <= LONGEST;
  const right = await verify(stored ?? NOBODYS, fits ? normal(password) : '');
  return stored !== null && fits && right;
}
