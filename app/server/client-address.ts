/**
 * Returns the client's IP address behind `proxies` trusted proxies. Each proxy appends the address
 * of its client to `X-Forwarded-For`, so the trustworthy entry is counted from the right.
 */
export function clientAddress(
  socket: string,
  forwardedFor: string | null,
  proxies: number,
): string {
  if (proxies === 0 || !forwardedFor) return socket;
  const hops = forwardedFor.split(',').map((hop) => withoutPort(hop.trim()));
  return hops[Math.max(0, hops.length - proxies)] || socket;
}

/** Some proxies add the port: `192.0.2.7:4711`, `[2001:db8::1]:4711`. */
function withoutPort(hop: string): string {
  return /^"?\[([^\]]*)\](?::\d+)?"?$/.exec(hop)?.[1] ?? /^([\d.]+):\d+$/.exec(hop)?.[1] ?? hop;
}
