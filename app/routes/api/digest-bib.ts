import type { LoaderFunctionArgs } from '@remix-run/node';
import { digestBib } from '~/domain/digests/cite';
import { editionOf } from '~/domain/digests/present';
import { requireDigest } from '~/server/digest-guard';

/** The citation of a digest as BibTeX. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const digest = await requireDigest(app, { request, params }, '.bib');
  const edition = { ...editionOf(app, digest), publishedAt: digest.publishedAt };
  const name = `digest-${digest.scope}-${digest.period.id}-v${digest.version}.bib`;
  return new Response(digestBib(digest.content, visit.i18n, edition), {
    headers: {
      'Content-Type': 'application/x-bibtex; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}"`,
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    },
  });
}
