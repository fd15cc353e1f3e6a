/** A placeholder origin for this site. */
const HERE = 'http://here.invalid';

const LONGEST = 1000;

/**
 * Returns the path, query and fragment of a URL if it belongs to this site, otherwise `otherwise`.
 * The check uses the URL as a browser normalises it: `/.//evil.example` leads to `//evil.example`.
 */
export function safeRedirect<T = '/'>(
  given: string | null | undefined,
  otherwise: T = '/' as T,
): string | T {
  if (!given?.startsWith('/') || given.length > LONGEST || !URL.canParse(given, HERE)) {
    return otherwise;
  }
  const { origin, pathname, search, hash } = new URL(given, HERE);
  // Parsed twice: the first pass removes dots and slashes that could hide another host.
  const path = pathname + search + hash;
  const again = URL.canParse(path, HERE) ? new URL(path, HERE) : null;
  return origin === HERE && again?.origin === HERE && !path.startsWith('//') ? path : otherwise;
}
