import type { LoaderFunctionArgs } from '@remix-run/node';
import { digestCsv } from '~/domain/digests/data';
import { requireDigest } from '~/server/digest-guard';

/** The numbers and quotes of a digest as CSV. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { app } = context;
  const digest = await requireDigest(app, { request, params }, '.csv');
  const name = `digest-${digest.scope}-${digest.period.id}-v${digest.version}.csv`;
  return new Response(digestCsv(digest, app.config.origin), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8; header=present',
      'Content-Disposition': `attachment; filename="${name}"`,
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    },
  });
}
