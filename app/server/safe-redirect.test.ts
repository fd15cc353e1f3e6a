import { describe, expect, it } from 'vitest';
import { safeRedirect } from './safe-redirect';

/** Building blocks of URLs to other sites, including characters that browsers remove or convert. */
const PARTS = [
  ...['/', '\\', '.', '..', '//', '%2e', '%2E%2e', '%2f', '%5c', '\t', '\n', '\r', ' ', '\0'],
  ...[
    'evil.example',
    '@',
    ':',
    'https:',
    'javascript:',
    '?',
    '#',
    ';',
    '\u2028',
    '\uff0f',
    '\u3002',
  ],
];

const SITE = 'https://causeway.example';

/** Yields every combination of `length` parts. */
function* texts(length: number): Generator<string> {
  if (length === 0) yield '';
  else for (const start of texts(length - 1)) for (const part of PARTS) yield start + part;
}

/** Yields combinations of four to nine parts, the same in each run. */
function* longTexts(count: number): Generator<string> {
  let seed = 1;
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  for (let n = 0; n < count; n += 1) {
    const parts = Array.from({ length: 4 + random(6) }, () => PARTS[random(PARTS.length)]);
    yield parts.join('');
  }
}

describe('the redirect of a form', () => {
  it.each([
    '/',
    '/notifications?page=1',
    '/t/01abc/why-not#p-01def',
    '/u/%D8%B3%D8%A7%D8%B1%D8%A9',
    '/search?q=//x',
  ])('is %s', (path) => {
    expect(safeRedirect(path)).toBe(path);
  });

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/%2e//evil.example',
    '/x/..//evil.example',
    '/.\\/evil.example',
    '/\t/evil.example',
    '/.\n//evil.example',
    ' //evil.example',
    'javascript:alert(1)',
    'x',
    '',
    null,
    undefined,
    `/${'a'.repeat(1000)}`,
  ])('is the front page or the given default for %j', (given) => {
    expect(safeRedirect(given)).toBe('/');
    expect(safeRedirect(given, null)).toBeNull();
  });

  it('is always on this site', () => {
    const off: string[] = [];
    for (const text of [...texts(1), ...texts(2), ...texts(3), ...longTexts(20_000)]) {
      const path = safeRedirect(`/${text}`);
      const lands = [`${SITE}/`, `${SITE}/login?redirectTo=x`].map(
        (page) => new URL(path, page).origin,
      );
      if (!path.startsWith('/') || lands.some((origin) => origin !== SITE)) off.push(text);
      if (safeRedirect(path) !== path) off.push(text);
    }
    expect(off).toEqual([]);
  });
});
