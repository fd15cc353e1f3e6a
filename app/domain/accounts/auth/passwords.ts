import { hash, verify } from '@node-rs/argon2';
import type { MessageKey } from '~/platform/i18n/translator';

const SHORTEST = 10;
const LONGEST = 200;

/** OWASP's minimum for argon2id (the library's default variant): 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * A well-formed hash of the same cost that matches no known password. If there is no account, the
 * password is checked against it, so that the check takes the same time.
 */
const NOBODYS = [
  `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}`,
  Buffer.alloc(16).toString('base64').replaceAll('=', ''),
  Buffer.alloc(32).toString('base64').replaceAll('=', ''),
].join('$');

/** Minimum number of guesses for a password, as zxcvbn estimates them: a billion. */
const LEAST_GUESSES = 1e9;

/** Normalises a password, because keyboards compose characters differently. */
function normal(password: string): string {
  return password.normalize('NFKC');
}

/** Returns why a password is not acceptable, as a message key; null if it is. */
export function passwordProblem(password: string): MessageKey | null {
  if (password === '') return 'people.error.passwordEmpty';
  const length = [...normal(password)].length;
  if (length < SHORTEST || length > LONGEST) return 'people.error.passwordLength';
  return null;
}

/**
 * True if a password is easy to guess for someone who knows `words`: the owner's email address and
 * handle, and the site's name. Only the first 32 characters of a long password are estimated.
 */
export async function isGuessable(password: string, words: readonly string[]): Promise<boolean> {
  estimator ??= loadEstimator();
  const parts = words.flatMap((word) => [word, ...normal(word).split(/[^\p{L}\p{M}\p{N}]+/u)]);
  const known = parts.filter((part) => part.length > 2);
  const { guesses } = (await estimator).check(normal(password), known);
  return guesses < LEAST_GUESSES;
}

let estimator: ReturnType<typeof loadEstimator> | undefined;

/** Loaded when someone chooses a password: its list of 50,000 passwords takes 8 MB. */
async function loadEstimator() {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new ZxcvbnFactory({
    dictionary,
    graphs: adjacencyGraphs,
    // Without these two limits, a crafted password takes seconds to estimate.
    maxLength: 32,
    l33tMaxSubstitutions: 16,
  });
}

/** Returns the hash to store (argon2id, PHC string). */
export function hashPassword(password: string): Promise<string> {
  return hash(normal(password), COST);
}

/** True if a password matches the hash; `null` (no password) never, in the same time. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const fits = [...password].length <= LONGEST;
  const right = await verify(stored ?? NOBODYS, fits ? normal(password) : '');
  return stored !== null && fits && right;
}
