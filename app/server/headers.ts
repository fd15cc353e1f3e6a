import type { Config } from '~/platform/config';

/** No script, no frame, nothing from elsewhere: pages here need none of it. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Lets the scripts of the site itself run on the few pages that cannot do without. */
export function allowScript(headers: Headers): void {
  headers.set('Content-Security-Policy', `${CONTENT_SECURITY_POLICY}; script-src 'self'`);
}

/** Pages made to stand in pages elsewhere, and the script that may help them there. */
export function isEmbedded(path: string): boolean {
  return path.startsWith('/embed/') || path === '/embed.js';
}

/** The headers of an answer that may stand in pages elsewhere: nothing in it can be pressed. */
export function embeddedHeaders(config: Config): Record<string, string> {
  const {
    'X-Frame-Options': _,
    'Cross-Origin-Opener-Policy': __,
    ...rest
  } = securityHeaders(config);
  return {
    ...rest,
    'Content-Security-Policy': CONTENT_SECURITY_POLICY.replace(
      "frame-ancestors 'none'",
      "frame-ancestors *; script-src 'self'",
    ),
    'Cross-Origin-Resource-Policy': 'cross-origin',
  };
}

/** Pages of an account and of the desk: with Back, nobody sees them after a log-out. */
const PRIVATE =
  /^\/(settings|notifications|you|drafts|bookmarks|following|modmail|mod|admin|setup|login|logout|reset|confirm|join|address|mail|subscriptions|decisions)(\/|$)/;

/** How a page may be kept where its route does not say so: asked for again each time, or not at all. */
export function cacheControl(path: string): string {
  return PRIVATE.test(path) ? 'private, no-store' : 'private, no-cache';
}

/** The headers that every answer carries. */
export function securityHeaders(config: Config): Record<string, string> {
  const headers: Record<string, string> = {
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), browsing-topics=()',
  };
  if (config.origin.startsWith('https:')) {
    headers['Strict-Transport-Security'] = 'max-age=31536000; includeSubDomains';
  }
  return headers;
}
