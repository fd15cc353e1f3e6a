import type { Config } from '~/platform/config';

/** No scripts, no frames, nothing from other hosts: pages here do not need them. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Allows the site's own scripts, on the few pages that need one. */
export function allowScript(headers: Headers): void {
  headers.set('Content-Security-Policy', `${CONTENT_SECURITY_POLICY}; script-src 'self'`);
}

/** True for pages made to be embedded in other sites, and for the script that resizes them. */
export function isEmbedded(path: string): boolean {
  return path.startsWith('/embed/') || path === '/embed.js';
}

/** The headers of an embeddable response; safe, because an embedded page contains no buttons. */
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

/** Pages of an account or for moderators: after logging out, the Back button must not show them. */
const PRIVATE =
  /^\/(settings|notifications|you|drafts|bookmarks|following|modmail|mod|admin|setup|login|logout|reset|confirm|join|kept|address|mail|quotes|subscriptions|decisions)(\/|$)/;

/** Returns the Cache-Control of pages that set none: revalidate each time, or do not store. */
export function cacheControl(path: string): string {
  return PRIVATE.test(path) ? 'private, no-store' : 'private, no-cache';
}

/** The headers of every response. */
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
