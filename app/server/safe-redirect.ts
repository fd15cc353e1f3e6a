/** A path of this site as given in a form, or null: never an address elsewhere. */
export function safeRedirect(given: string | null | undefined): string | null {
  if (!given?.startsWith('/') || given.length > 1000) return null;
  const here = 'http://here.invalid';
  if (!URL.canParse(given, here)) return null;
  const url = new URL(given, here);
  return url.origin === here ? url.pathname + url.search + url.hash : null;
}
