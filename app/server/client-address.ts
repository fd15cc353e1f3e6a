/**
 * The client's network address behind `proxies` trusted proxies: each appends the address it
 * was asked from to `X-Forwarded-For`, so the one to believe is counted from the right.
 */
export function clientAddress(
  socket: string,
  forwardedFor: string | null,
  proxies: number,
): string {
  if (proxies === 0 || !forwardedFor) return socket;
  const hops = forwardedFor.split(',').map((hop) => hop.trim());
  return hops[Math.max(0, hops.length - proxies)] || socket;
}
