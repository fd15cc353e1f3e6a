import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('facts in a line are written with Meta, which keeps them apart without a style sheet', () => {
  const own = globSync('app/**/*.tsx').filter((file) =>
    /<\w+\s+className="meta\b/.test(readFileSync(file, 'utf8')),
  );
  expect(own).toEqual([]);
});
