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

/** How many guesses a password has to stand, as zxcvbn estimates them: a billion. */
const LEAST_GUESSES = 1e9;

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

/**
 * Whether a password is easy to guess for somebody who knows `words`: the address and handle of
 * its owner, the name of the site. Of a long password the first 32 characters are judged.
 */
export async function isGuessable(password: string, words: readonly string[]): Promise<boolean> {
  estimator ??= loadEstimator();
  const parts = words.flatMap((word) => [word, ...normal(word).split(/[^\p{L}\p{M}\p{N}]+/u)]);
  const known = parts.filter((part) => part.length > 2);
  const { guesses } = (await estimator).check(normal(password), known);
  return guesses < LEAST_GUESSES;
}

let estimator: ReturnType<typeof loadEstimator> | undefined;

/** Loaded when somebody chooses a password: its list of 50,000 passwords takes 8 MB. */
async function loadEstimator() {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new ZxcvbnFactory({
    dictionary,
    graphs: adjacencyGraphs,
    // Without these two limits a text can be made that takes seconds to judge.
    maxLength: 32,
    l33tMaxSubstitutions: 16,
  });
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
