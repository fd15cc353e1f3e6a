import type { LoaderFunctionArgs } from '@remix-run/node';

export function loader({ context }: LoaderFunctionArgs) {
  const lines = [
    'User-agent: *',
    'Disallow: /mod',
    'Disallow: /login',
    'Disallow: /settings',
    'Disallow: /notifications',
    'Disallow: /subscriptions/',
    `Sitemap: ${context.app.config.origin}/sitemap.xml`,
  ];
  return new Response(`${lines.join('\n')}\n`, {
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  });
}
