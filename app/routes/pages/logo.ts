import type { LoaderFunctionArgs } from '@remix-run/node';
import { notFound } from '~/server/guards';

/** The logo of the site. Links to it carry its version, so that it can be kept for long. */
export async function loader({ context }: LoaderFunctionArgs) {
  const { logo } = context.app.config;
  if (!logo) throw notFound();
  return new Response(Buffer.from(logo.data, 'base64'), {
    headers: { 'Content-Type': logo.type, 'Cache-Control': 'public, max-age=31536000, immutable' },
  });
}
