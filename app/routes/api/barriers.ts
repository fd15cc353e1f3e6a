import type { LoaderFunctionArgs } from '@remix-run/node';
import { readBarrierQuery } from '~/domain/barriers/query';
import { DEFAULT_LOCALE } from '~/platform/i18n/locales';
import { barriersFor } from '~/server/api/answers';
import { badParameter, requireWanted } from '~/server/api-guard';
import { jsonData } from '~/server/data-response';

/** Also `/barriers.json`: what the page shows, as data. */
export async function loader({ request, context: { app } }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const now = app.clock.now();
  const { filter, unknown } = readBarrierQuery(searchParams, DEFAULT_LOCALE, now);
  if (unknown.length > 0) return badParameter(...unknown);
  return jsonData(request, await barriersFor(app, filter, requireWanted(app, request)));
}
