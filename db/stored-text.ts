/** U+0000 and halves of surrogate pairs: PostgreSQL refuses them, and SQLite's functions cut there. */
const UNSTORABLE = /\0|\p{Surrogate}/gu;

/**
 * Returns a value as both databases can store and compare it: in text, a character that is none
 * becomes U+FFFD, as in Markdown. Both connections pass every value of every statement through
 * this, so that no form, path, query or file has to.
 */
export function storable(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(UNSTORABLE, '\uFFFD') : value;
}
