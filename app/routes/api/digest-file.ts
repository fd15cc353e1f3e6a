import { extname } from 'node:path';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { digestBib, digestCff } from '~/domain/digests/cite';
import { digestCsv, digestJson } from '~/domain/digests/data';
import { editionOf } from '~/domain/digests/present';
import type { SiteTranslator } from '~/platform/community/site-translator';
import { requireDigest } from '~/server/digest-guard';
import { notFound } from '~/server/guards';

type Digest = Awaited<ReturnType<typeof requireDigest>>;
type Edition = ReturnType<typeof editionOf> & { publishedAt: number };
type Write = (digest: Digest, i18n: SiteTranslator, edition: Edition) => string;

/** The files of a digest by the ending of their URL: numbers and quotes, and how to cite it. */
const FILES: Record<string, { type: string; write: Write }> = {
  '.json': {
    type: 'application/json; charset=utf-8',
    write: (...of) => `${JSON.stringify(digestJson(...of), null, 2)}\n`,
  },
  '.csv': {
    type: 'text/csv; charset=utf-8; header=present',
    write: (digest, _, { origin }) => digestCsv(digest, origin),
  },
  '.cff': {
    type: 'application/yaml; charset=utf-8',
    write: ({ content }, ...by) => digestCff(content, ...by),
  },
  '.bib': {
    type: 'application/x-bibtex; charset=utf-8',
    write: ({ content }, ...by) => digestBib(content, ...by),
  },
};

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const ending = extname(decodeURI(new URL(request.url).pathname)).toLowerCase();
  const file = FILES[ending];
  if (!file) throw notFound();
  const digest = await requireDigest(app, { request, params }, ending);
  const edition = { ...editionOf(app, digest), publishedAt: digest.publishedAt };
  const name = `digest-${digest.scope}-${digest.period.id}-v${digest.version}${ending}`;
  return new Response(file.write(digest, visit.i18n.withoutIsolates(), edition), {
    headers: {
      'Content-Type': file.type,
      ...(ending !== '.json' && { 'Content-Disposition': `attachment; filename="${name}"` }),
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    },
  });
}
