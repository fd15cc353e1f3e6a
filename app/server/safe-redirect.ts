/** Stands for this site, whatever its address. */
const HERE = 'http://here.invalid';

const LONGEST = 1000;

/**
 * The path of this site, with query and fragment, that a form or an address names; `otherwise` for
 * anything that a browser would take as an address elsewhere. What counts is what the browser reads
 * after it has tidied the text up: `/.//evil.example` leads to `//evil.example`.
 */
export function safeRedirect<T = '/'>(
  given: string | null | undefined,
  otherwise: T = '/' as T,
): string | T {
  if (!given?.startsWith('/') || given.length > LONGEST || !URL.canParse(given, HERE)) {
    return otherwise;
  }
  const { origin, pathname, search, hash } = new URL(given, HERE);
  // Read twice: the first reading takes out the dots and slashes that hid an address.
  const path = pathname + search + hash;
  const again = URL.canParse(path, HERE) ? new URL(path, HERE) : null;
  return origin === HERE && again?.origin === HERE && !path.startsWith('//') ? path : otherwise;
}
