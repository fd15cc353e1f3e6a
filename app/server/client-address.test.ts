import { expect, it } from 'vitest';
import { clientAddress } from './client-address';

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['192.0.2.7:4711', '192.0.2.7'],
  ['[2001:db8::1]:4711', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['"[2001:db8::1]:4711"', '2001:db8::1'],
  ['2001:db8::1', '2001:db8::1'],
  ['198.51.100.1, 192.0.2.7:80', '192.0.2.7'],
  ['', '127.0.0.1'],
])('of %j the client is %s', (header, address) => {
  expect(clientAddress('127.0.0.1', header, 1)).toBe(address);
});

it('ignores the header if no proxy is trusted', () => {
  expect(clientAddress('127.0.0.1', '192.0.2.7', 0)).toBe('127.0.0.1');
});
