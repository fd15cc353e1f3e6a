import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** The programs that Node starts directly or as a thread. */
const PROGRAMS = ['serve.js', 'causeway.js', 'server.js', 'markdown-worker.js'];

const built = (name: string) => readFileSync(join('build', name), 'utf8');

/** Returns a built file and everything that it imports, directly or indirectly. */
function withImports(name: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  for (const [, imported = ''] of built(name).matchAll(/["']\.\/([\w.-]+\.js)["']/g)) {
    withImports(imported, found);
  }
  return found;
}

it('contains every module once in the whole program', () => {
  const files = new Set(PROGRAMS.flatMap((name) => [...withImports(name)]));
  const sources = [...files].flatMap((name) => {
    const { sources } = JSON.parse(built(`${name}.map`)) as { sources: string[] };
    return sources;
  });
  expect(sources).toContain('../app/server/app.ts');
  expect(sources).toContain('../app/root.tsx');
  expect(sources).toContain('../app/routes/forum/thread.tsx');
  const twice = sources.filter((source, n) => sources.indexOf(source) !== n);
  expect(twice).toEqual([]);
});
