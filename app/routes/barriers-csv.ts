import type { LoaderFunctionArgs } from '@remix-run/node';
import { figuresCsv } from '~/api/tables';
import { overview } from '~/barriers/explore';
import { readBarrierQuery } from '~/barriers/query';
import { badParameter } from '~/http/api-guard';
import { csvData } from '~/http/data-response';
import { DEFAULT_LOCALE } from '~/i18n/locales';

/** The figures of `/barriers` for spreadsheets. */
export async function loader({ request, context: { site } }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const now = site.clock.now();
  const { filter, unknown } = readBarrierQuery(searchParams, DEFAULT_LOCALE, now);
  if (unknown.length > 0) return badParameter(...unknown);
  const found = await overview(site.db.reader, filter, site.config.digestMinAuthors);
  return csvData(request, 'barriers.csv', figuresCsv(found, filter));
}
