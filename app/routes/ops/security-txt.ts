import type { LoaderFunctionArgs } from '@remix-run/node';
import { DAY } from '~/platform/clock';
import { contactAddress } from '~/platform/mail/sender-address';
import { pathTo } from '~/platform/paths';

/** RFC 9116. */
export function loader({ context }: LoaderFunctionArgs) {
  const { clock, config } = context.app;
  const lines = [
    `Contact: mailto:${contactAddress(config)}`,
    `Expires: ${new Date(clock.now() + 180 * DAY).toISOString()}`,
    `Preferred-Languages: ${config.languages.join(', ')}`,
    `Canonical: ${config.origin}${pathTo('/.well-known/security.txt')}`,
  ];
  return new Response(`${lines.join('\n')}\n`, {
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  });
}
