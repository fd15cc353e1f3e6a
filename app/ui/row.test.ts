import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('facts in a line are written with Meta, which keeps them apart without a style sheet', () => {
  const files = globSync('app/**/*.tsx');
  expect(files).toContain('app/ui/row.tsx');
  const own = files.filter((file) =>
    /<[a-z]\w*\s[^<>]*className="meta\b/.test(readFileSync(file, 'utf8')),
  );
  expect(own).toEqual([]);
});
