import { expect, test } from 'vitest';
import { decodePost } from './decode-post';

const TEXT = 'Café — “key” 💬';

test.each<[string, Uint8Array, string]>([
  ['UTF-8', Buffer.from(TEXT), TEXT],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${TEXT}`), TEXT],
  ['UTF-16', Buffer.from(`\ufeff${TEXT}`, 'utf16le'), TEXT],
  ['UTF-16, big-endian', Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16(), TEXT],
  ['Windows-1252', Uint8Array.from([0x43, 0x61, 0x66, 0xe9, 0x20, 0x93, 0x61, 0x94]), 'Café “a”'],
  [
    'UTF-8 with a broken emoji',
    Buffer.concat([Buffer.from('é '), Buffer.from('💬').subarray(0, 3)]),
    'é \ufffd',
  ],
  ['plain ASCII', Buffer.from('mend'), 'mend'],
  ['nothing', new Uint8Array(), ''],
])('%s', (_, bytes, text) => {
  expect(decodePost(bytes)).toBe(text);
});
