import type { LoaderFunctionArgs } from '@remix-run/node';
import { digestCff } from '~/domain/digests/cite';
import { editionOf } from '~/domain/digests/present';
import { requireDigest } from '~/server/digest-guard';

/** The citation of a digest in the Citation File Format. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const digest = await requireDigest(app, { request, params }, '.cff');
  const edition = { ...editionOf(app, digest), publishedAt: digest.publishedAt };
  const name = `digest-${digest.scope}-${digest.period.id}-v${digest.version}.cff`;
  return new Response(digestCff(digest.content, visit.i18n, edition), {
    headers: {
      'Content-Type': 'application/yaml; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}"`,
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    },
  });
}
