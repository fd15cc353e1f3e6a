/**
 * Reads a URL of the web with its scheme and host written out; null for anything else. `URL` alone
 * accepts `http:settings`, which a browser reads as a path of the page it is on. A user name or
 * password in a URL only serves to pretend to be another host.
 */
export function readAbsoluteUrl(text: string): URL | null {
  if (!/^https?:\/\/[^/\\]/i.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.username === '' && url.password === '' ? url : null;
}
