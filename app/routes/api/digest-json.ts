import type { LoaderFunctionArgs } from '@remix-run/node';
import { digestJson } from '~/domain/digests/data';
import { editionOf } from '~/domain/digests/present';
import { requireDigest } from '~/server/digest-guard';

/** A digest as JSON: every sentence with its sources. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const digest = await requireDigest(app, { request, params }, '.json');
  const body = digestJson(digest, visit.i18n, editionOf(app, digest));
  return new Response(`${JSON.stringify(body, null, 2)}\n`, {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    },
  });
}
