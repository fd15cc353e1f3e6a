import type { LoaderFunctionArgs } from '@remix-run/node';
import { overview } from '~/domain/barriers/explore';
import { readBarrierQuery } from '~/domain/barriers/query';
import { figuresCsv } from '~/server/api/tables';
import { badParameter } from '~/server/api-guard';
import { csvData } from '~/server/data-response';

/** The figures of `/barriers` as CSV. */
export async function loader({ request, context: { app } }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const { filter, unknown, now } = await readBarrierQuery(searchParams, app);
  if (unknown.length > 0) return badParameter(...unknown);
  const found = await overview(app, filter, { least: app.config.digestMinAuthors, now });
  return csvData(request, 'barriers.csv', figuresCsv(found, filter));
}
