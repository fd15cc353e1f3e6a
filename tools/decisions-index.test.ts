import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const FOLDER = 'docs/decisions';

describe('the index of decisions', () => {
  const index = readFileSync(`${FOLDER}/README.md`, 'utf8');
  const records = readdirSync(FOLDER).filter((name) => /^\d{4}-.+\.md$/.test(name));

  it('lists every record with its title', () => {
    for (const name of records) {
      const [heading = ''] = readFileSync(`${FOLDER}/${name}`, 'utf8').split('\n');
      const title = heading.replace(/^# \d+\.? /, '');
      expect(index).toContain(`[${title}](${name})`);
    }
  });

  it('explains missing numbers', () => {
    const numbers = new Set(records.map((name) => Number(name.slice(0, 4))));
    const missing = Array.from({ length: Math.max(...numbers) }, (_, at) => at + 1).filter(
      (number) => !numbers.has(number),
    );
    const [, reasons = ''] = index.split('## Missing numbers');
    for (const number of missing) expect(reasons).toMatch(new RegExp(`\\b${number}\\b`));
  });

  it('has each number once', () => {
    const numbers = records.map((name) => name.slice(0, 4));
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});
