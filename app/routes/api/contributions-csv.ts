import type { LoaderFunctionArgs } from '@remix-run/node';
import { reportsAfter } from '~/domain/barriers/explore';
import { readBarrierQuery } from '~/domain/barriers/query';
import { readCursor, writeCursor } from '~/server/api/cursor';
import { contributionItems } from '~/server/api/endpoints';
import { contributionsCsv } from '~/server/api/tables';
import { badParameter } from '~/server/api-guard';
import { csvData } from '~/server/data-response';

/** The most lines, and bytes of text in them; the rest is at the address in the Link header. */
const MOST = 1000;
const MOST_BYTES = 1_000_000;

/** The contributions of `/barriers` as CSV, oldest first. */
export async function loader({ request, context: { app } }: LoaderFunctionArgs) {
  const { pathname, searchParams } = new URL(request.url);
  const { filter, unknown } = await readBarrierQuery(searchParams, app);
  if (unknown.length > 0) return badParameter(...unknown);
  const { reader } = app.db;
  const after = readCursor(searchParams.get('cursor') ?? '');
  const { page, rest } = await reportsAfter(reader, filter, after, MOST, {
    html: false,
    most: MOST_BYTES,
  });
  const items = await contributionItems(reader, page, app.config.origin);
  const answer = csvData(request, 'contributions.csv', contributionsCsv(items));
  if (rest) {
    searchParams.set('cursor', writeCursor(rest));
    answer.headers.set('Link', `<${app.config.origin}${pathname}?${searchParams}>; rel="next"`);
  }
  return answer;
}
