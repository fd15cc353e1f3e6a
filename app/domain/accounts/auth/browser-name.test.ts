import { expect, it } from 'vitest';
import { browserName, browserOf } from './browser-name';

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';

it.each([
  ['Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0', 'Firefox, Android'],
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/130.0 Safari/537.36`,
    'Chrome, Windows',
  ],
  [`Mozilla/5.0 (Windows NT 10.0) ${WEBKIT} Chrome/130.0 Safari/537.36 Edg/130.0`, 'Edge, Windows'],
  [
    `Mozilla/5.0 (Linux; Android 13) ${WEBKIT} SamsungBrowser/25.0 Chrome/121 Mobile Safari/537.36`,
    'Samsung Internet, Android',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1',
    'Safari, iOS',
  ],
  ['Lynx/2.9.0dev.12 libwww-FM/2.14 SSL-MM/1.4.1', 'Lynx'],
])('knows %s as %s', (userAgent, name) => {
  expect(browserName(browserOf(userAgent) ?? '')).toBe(name);
});

it('returns null for an unknown User-Agent', () => {
  expect(browserOf(null)).toBeNull();
  expect(browserOf('node')).toBeNull();
});
