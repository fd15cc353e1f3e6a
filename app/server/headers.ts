import type { Config } from '~/platform/config';
import { BEFORE_SECRETS } from './secret-paths';

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

/** Allows frames with the site's own pages. */
export function allowOwnFrames(headers: Headers): void {
  headers.set('Content-Security-Policy', `${CONTENT_SECURITY_POLICY}; frame-src 'self'`);
}

/** True for pages made to be embedded in other sites, and for the script that resizes them. */
export function isEmbedded(path: string): boolean {
  return path.startsWith('/embed/') || path === '/embed.js';
}

/** The headers of an embedded page; the keeper may narrow who shows it. Safe for a page without a form. */
export function embeddedHeaders(config: Config, withScript: boolean): Record<string, string> {
  const { frameOrigins, answerOrigins } = config;
  const narrowed = frameOrigins.length > 0;
  const ancestors = narrowed ? [SELF, ...frameOrigins, ...answerOrigins] : ['*'];
  return framed(config, framePolicy(ancestors, withScript));
}

/**
 * The headers of an embedded page with a form, or with what was sent in one: the browser shows it only
 * within the site itself and on the sites where people may answer.
 */
export function embeddedFormHeaders(config: Config, withScript: boolean): Record<string, string> {
  return framed(config, answerPolicy(config, withScript));
}

/** The same for a page whose route puts a form into it. */
export function restrictToAnswerOrigins(headers: Headers, config: Config, withScript: boolean) {
  headers.set('Content-Security-Policy', answerPolicy(config, withScript));
}

const SELF = "'self'";

function answerPolicy({ answerOrigins }: Config, withScript: boolean): string {
  return framePolicy([SELF, ...answerOrigins], withScript);
}

/** Returns the policy of a page that these sites may show in a frame. */
function framePolicy(ancestors: string[], withScript: boolean): string {
  const policy = CONTENT_SECURITY_POLICY.replace(
    "frame-ancestors 'none'",
    `frame-ancestors ${ancestors.join(' ')}`,
  );
  return withScript ? `${policy}; script-src 'self'` : policy;
}

function framed(config: Config, policy: string): Record<string, string> {
  const {
    'X-Frame-Options': _,
    'Cross-Origin-Opener-Policy': __,
    ...rest
  } = securityHeaders(config);
  return {
    ...rest,
    'Content-Security-Policy': policy,
    'Cross-Origin-Resource-Policy': 'cross-origin',
  };
}

/** First parts of the paths that need no session but hold a secret or belong to a login. */
const WITH_SECRET = new Set(['login', ...BEFORE_SECRETS.map((path) => firstPart(`/${path}`))]);

function firstPart(path: string): string {
  return path.split('/', 2)[1] ?? '';
}

/**
 * Returns the Cache-Control of pages whose route does not set it. What is made for one person is
 * not stored: after logging out, the Back button must not show it.
 */
export function cacheControl(path: string, person: boolean): string {
  return person || WITH_SECRET.has(firstPart(path)) ? 'private, no-store' : KEEP_TYPED;
}

const KEEP_TYPED = 'private, no-cache';

/**
 * For pages on which people write what others will read: browsers put the typed text back when
 * they return to a page, but some not into a page that must not be stored. Logging out removes
 * stored pages.
 */
export function keepTyped(headers: Headers): void {
  headers.set('Cache-Control', KEEP_TYPED);
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
