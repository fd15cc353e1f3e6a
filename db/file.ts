/**
 * The path of the file that a `DATABASE_URL` such as `file:./data/causeway.db` names.
 * @throws Error for an address of another kind.
 */
export function databaseFile(url: string): string {
  if (!url.startsWith('file:')) {
    throw new Error(`DATABASE_URL: only file: addresses are supported, not ${url.split(':')[0]}:`);
  }
  return url.replace(/^file:(\/\/(?=\/))?/, '');
}
