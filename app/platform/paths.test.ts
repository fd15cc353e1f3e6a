import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TABLE } from '~/routes';
import { pathTo } from './paths';

describe('the path of a page', () => {
  it('is the pattern if it has no parameters', () => {
    expect(pathTo('/login')).toBe('/login');
    expect(pathTo('/')).toBe('/');
    expect(pathTo('/search?q=a:b')).toBe('/search?q=a:b');
  });

  it('has its parameters, encoded', () => {
    expect(pathTo('/u/:handle', { handle: 'अमित' })).toBe(
      '/u/%E0%A4%85%E0%A4%AE%E0%A4%BF%E0%A4%A4',
    );
    expect(pathTo('/p/:id', { id: '../admin?' })).toBe('/p/..%2Fadmin%3F');
  });

  it('leaves out an optional parameter with its slash', () => {
    expect(pathTo('/t/:id/:slug?', { id: 'a' })).toBe('/t/a');
    expect(pathTo('/t/:id/:slug?', { id: 'a', slug: 'b' })).toBe('/t/a/b');
  });

  it('keeps the text after a parameter', () => {
    expect(pathTo('/digests/:scope/:period.json', { scope: '011~policy', period: '2026-10' })).toBe(
      '/digests/011~policy/2026-10.json',
    );
  });

  it('does not take a path that is not in the table, or lacks a parameter', () => {
    // @ts-expect-error no such page
    expect(pathTo('/no-such-page')).toBe('/no-such-page');
    // @ts-expect-error the id is missing
    expect(pathTo('/p/:id', {})).toBe('/p/');
  });
});

/** Files in which paths are not links: patterns, prefixes, and paths below `/api/v1`. */
const NOT_LINKS = [
  'app/routes.ts',
  'app/routes/ops/robots.ts',
  'app/server/api/endpoints.ts',
  'app/server/api/openapi.ts',
  'app/server/cookies.ts',
  'app/server/page-cache/pages.ts',
];

it('writes no link by hand', () => {
  const first = new Set(TABLE.flatMap(([path]) => path.match(/^\/[\w.-]+/)?.[0] ?? []));
  const path = [...first].map((one) => one.replaceAll('.', '\\.')).join('|');
  const link = new RegExp(
    `(?<!pathTo\\(\\s*|startsWith\\(|=== |also=(?:\\{\\[[^\\]]*)?)['"\`](?:\\$\\{[\\w.]*origin\\})?(?:${path})(?:[/?#$'"\`])`,
  );
  const found = globSync('app/**/*.{ts,tsx}')
    .filter((file) => !/\.test\.tsx?$/.test(file) && !NOT_LINKS.includes(file))
    .flatMap((file) => {
      const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*/gm, '');
      return link.test(code) ? [`${file}: ${link.exec(code)?.[0]}`] : [];
    });
  expect(found).toEqual([]);
});
