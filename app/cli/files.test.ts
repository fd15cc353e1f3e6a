import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readInput, writeOutput } from './files';
import { CommandError } from './run';

const folder = mkdtempSync(join(tmpdir(), 'files-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'a');

it('reads what it wrote', () => {
  writeOutput(file, 'text');
  expect(readInput(file, 4).toString()).toBe('text');
  expect(readFileSync(file, 'utf8')).toBe('text');
});

it('says in a line why a file cannot be used', () => {
  writeFileSync(file, 'larger');
  const faults: [() => unknown, string][] = [
    [() => readInput(join(folder, 'none')), `${join(folder, 'none')} does not exist`],
    [() => readInput(folder), `${folder} is a folder`],
    [() => readInput(join(file, 'b')), `${join(file, 'b')} cannot be used (ENOTDIR)`],
    [() => readInput(file, 5), `${file} is larger than`],
    [() => writeOutput(folder, ''), `${folder} is a folder`],
    [
      () => writeOutput(join(folder, 'none', 'b'), ''),
      `${join(folder, 'none', 'b')} would be in a folder that does not exist`,
    ],
  ];
  for (const [work, said] of faults) {
    expect(work).toThrow(CommandError);
    expect(work).toThrow(said);
  }
});
