import { expect, it } from 'vitest';
import { readAbsoluteUrl } from './absolute-url';

it.each([
  'http://a.example',
  'HTTPS://a.example/x?y#z',
  'https://عربي.example',
  'http://127.0.0.1:1',
])('%s is absolute', (text) => {
  expect(readAbsoluteUrl(text)?.href).toMatch(/^https?:\/\//);
});

it.each([
  ...[
    'http:settings',
    'https:settings',
    'http:/settings',
    'http:///settings',
    'http:\\\\a.example',
  ],
  ...['http:', 'http://', '//a.example', '/settings', 'settings', '', ' http://a.example'],
  ...['ht\ntp://a.example', 'ftp://a.example', 'javascript://a.example', 'data:text/html,x'],
  ...['https://user@a.example', 'https://user:secret@a.example', 'https://:secret@a.example'],
])('%j is not', (text) => {
  expect(readAbsoluteUrl(text)).toBeNull();
});
