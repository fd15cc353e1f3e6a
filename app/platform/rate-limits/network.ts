import { isIPv6 } from 'node:net';

/** Returns an address's network: IPv4 itself, 64 bits of IPv6, as subscribers choose the rest. */
export function networkOf(address: string): string {
  return firstGroups(address, 4) ?? plainAddress(address);
}

/** Returns the wider network: 24 bits of IPv4, 48 of IPv6; who has many has them in one. */
export function widerNetworkOf(address: string): string {
  return firstGroups(address, 3) ?? plainAddress(address).replace(/\.\d+$/, '');
}

function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

/** Returns the first groups of 16 bits of an IPv6 address; null for any other. */
function firstGroups(address: string, count: number): string | null {
  const plain = plainAddress(address);
  if (!isIPv6(plain)) return null;
  const [head = '', tail] = (plain.split('%')[0] ?? '').toLowerCase().split('::');
  const start = head ? head.split(':') : [];
  const end = tail ? tail.split(':') : [];
  // An IPv4 ending fills two groups, but these are never among the first four.
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - start.length - end.length);
  const groups = [...start, ...Array<string>(zeros).fill('0'), ...end];
  return groups
    .slice(0, count)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
