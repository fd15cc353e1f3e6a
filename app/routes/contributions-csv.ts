import type { LoaderFunctionArgs } from '@remix-run/node';
import { contributionItems } from '~/api/answers';
import { contributionsCsv } from '~/api/tables';
import { reportsAfter } from '~/barriers/explore';
import { readBarrierQuery } from '~/barriers/query';
import { badParameter } from '~/http/api-guard';
import { csvData } from '~/http/data-response';
import { DEFAULT_LOCALE } from '~/i18n/locales';

/** More than this is for the API, which has pages. */
const MOST = 1000;

/** The contributions of `/barriers` for spreadsheets, oldest first. */
export async function loader({ request, context: { site } }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const now = site.clock.now();
  const { filter, unknown } = readBarrierQuery(searchParams, DEFAULT_LOCALE, now);
  if (unknown.length > 0) return badParameter(...unknown);
  const { reader } = site.db;
  const found = await reportsAfter(reader, filter, null, MOST);
  const items = await contributionItems(reader, found, site.config.origin);
  return csvData(request, 'contributions.csv', contributionsCsv(items));
}
