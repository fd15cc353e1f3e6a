import type { LoaderFunctionArgs } from '@remix-run/node';
import { barriersFor } from '~/api/answers';
import { readBarrierQuery } from '~/barriers/query';
import { badParameter, requireWanted } from '~/http/api-guard';
import { jsonData } from '~/http/data-response';
import { DEFAULT_LOCALE } from '~/i18n/locales';

/** Also `/barriers.json`: what the page shows, as data. */
export async function loader({ request, context: { site } }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const now = site.clock.now();
  const { filter, unknown } = readBarrierQuery(searchParams, DEFAULT_LOCALE, now);
  if (unknown.length > 0) return badParameter(...unknown);
  return jsonData(request, await barriersFor(site, filter, requireWanted(site, request)));
}
