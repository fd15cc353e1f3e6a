/**
 * Returns the file path in a `DATABASE_URL` such as `file:./data/causeway.db`.
 * @throws Error for any other kind of URL.
 */
export function databaseFile(url: string): string {
  if (!url.startsWith('file:')) {
    throw new Error(`DATABASE_URL: only file: addresses are supported, not ${url.split(':')[0]}:`);
  }
  return url.replace(/^file:(\/\/(?=\/))?/, '');
}
