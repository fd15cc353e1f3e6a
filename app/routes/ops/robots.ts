import type { LoaderFunctionArgs } from '@remix-run/node';
import { pathTo } from '~/platform/paths';

/** Pages of an account or for moderators, with all that is below them. */
const PRIVATE = ['/mod', '/login', '/settings', '/notifications', '/subscriptions'];

/** Forms behind two links of every post: told here once, not with each link. */
const FORMS = ['/p/*/face', '/p/*/flag'];

export function loader({ context }: LoaderFunctionArgs) {
  const lines = [
    'User-agent: *',
    // A rule covers every path that begins with it (RFC 9309): "/mod" would cover "/moderation".
    ...[...PRIVATE.flatMap((path) => [`${path}$`, `${path}/`, `${path}?`]), ...FORMS].map(
      (rule) => `Disallow: ${rule}`,
    ),
    `Sitemap: ${context.app.config.origin}${pathTo('/sitemap.xml')}`,
  ];
  return new Response(`${lines.join('\n')}\n`, {
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  });
}
