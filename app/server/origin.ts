import { isIP } from 'node:net';

/**
 * True if the `Host` of a request is this site's. Another name leads here if somebody points their
 * own domain at this address, to read answers through a visitor's browser (DNS rebinding). Nobody
 * else can do that with a number, with `localhost`, or with a name without a dot, which a proxy or a
 * monitor in the operator's network may use.
 */
export function isOwnHost(host: string | undefined, ownOrigin: string): boolean {
  if (host === undefined || !URL.canParse(`http://${host}`)) return false;
  const name = new URL(`http://${host}`).hostname.replace(/\.$/, '');
  if (name === new URL(ownOrigin).hostname) return true;
  return !name.includes('.') || name.endsWith('.localhost') || isIP(name) !== 0;
}

/**
 * True if a request that changes data comes from our own pages.
 *
 * The method is Filippo Valsorda's (Go 1.25, `http.CrossOriginProtection`): browsers state the
 * origin in `Sec-Fetch-Site`, older ones in `Origin`. Clients that send neither are not browsers,
 * so they do not send another person's cookie.
 */
export function isOwnOrigin(headers: Headers, ownOrigin: string): boolean {
  const site = headers.get('Sec-Fetch-Site');
  if (site === 'same-origin' || site === 'none') return true;
  if (site !== null) return false;
  const origin = headers.get('Origin');
  if (origin === null) return true;
  if (origin === ownOrigin) return true;
  return hostOf(origin) !== null && hostOf(origin) === headers.get('Host');
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
