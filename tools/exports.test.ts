import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** What Remix looks for in a route. */
const OF_ROUTES = ['loader', 'action', 'links', 'ErrorBoundary'];

it('everything exported is used in another file', () => {
  const files = globSync('{app,bench,db,docs,tests,tools}/**/*.{ts,tsx,mjs}').map(
    (file) => [file, readFileSync(file, 'utf8')] as const,
  );
  const filesWith = new Map<string, number>();
  for (const [, text] of files) {
    for (const word of new Set(text.match(/[\w$]+/g))) {
      filesWith.set(word, (filesWith.get(word) ?? 0) + 1);
    }
  }
  const unused = files
    .filter(([file]) => /^(?:app|db)\//.test(file))
    .flatMap(([file, text]) =>
      [...text.matchAll(/^export (?:async )?(?:function\*?|const|class) ([\w$]+)/gm)]
        .map(([, name = '']) => name)
        .filter((name) => filesWith.get(name) === 1 && !OF_ROUTES.includes(name))
        .map((name) => `${file}: ${name}`),
    );
  expect(unused).toEqual([]);
});
