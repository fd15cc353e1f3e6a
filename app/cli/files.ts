import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { CommandError } from './run';

/**
 * Reads a whole file, or standard input for `-`.
 * @param limit in bytes
 * @throws CommandError if there is no such file, or it is larger or cannot be read
 */
export function readInput(file: string, limit = Number.POSITIVE_INFINITY): Buffer {
  return withReason(file, 'does not exist', () => {
    if (file !== '-' && statSync(file).size > limit) {
      throw new CommandError(`${file} is larger than ${limit / 1024 / 1024} MB`);
    }
    return readFileSync(file === '-' ? 0 : file);
  });
}

/** Writes a file, or to standard output for `-`. @throws CommandError if it cannot be written */
export function writeOutput(file: string, content: string | Buffer): void {
  if (file === '-') process.stdout.write(content);
  else
    withReason(file, 'would be in a folder that does not exist', () =>
      writeFileSync(file, content),
    );
}

/** @param missing what the operator reads if there is no such file or folder */
function withReason<T>(file: string, missing: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const reasons: Record<string, string> = { ENOENT: missing, EISDIR: 'is a folder' };
    throw new CommandError(`${file} ${reasons[code] ?? `cannot be used (${code})`}`);
  }
}
