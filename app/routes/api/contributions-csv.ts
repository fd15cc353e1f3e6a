import type { LoaderFunctionArgs } from '@remix-run/node';
import { reportsAfter } from '~/domain/barriers/explore';
import { readBarrierQuery } from '~/domain/barriers/query';
import { DEFAULT_LOCALE } from '~/platform/i18n/locales';
import { contributionItems } from '~/server/api/endpoints';
import { contributionsCsv } from '~/server/api/tables';
import { badParameter } from '~/server/api-guard';
import { csvData } from '~/server/data-response';

/** For more than this, the API has pages. */
const MOST = 1000;

/** The contributions of `/barriers` as CSV, oldest first. */
export async function loader({ request, context: { app } }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const now = app.clock.now();
  const { filter, unknown } = readBarrierQuery(searchParams, DEFAULT_LOCALE, now);
  if (unknown.length > 0) return badParameter(...unknown);
  const { reader } = app.db;
  const found = await reportsAfter(reader, filter, null, MOST);
  const items = await contributionItems(reader, found, app.config.origin);
  return csvData(request, 'contributions.csv', contributionsCsv(items));
}
