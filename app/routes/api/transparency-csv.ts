import type { LoaderFunctionArgs } from '@remix-run/node';
import {
  REPORT_COLUMNS,
  reportRows,
  reportYears,
  transparencyReport,
} from '~/domain/moderation/dsa/transparency';
import { csv } from '~/platform/text/csv';
import { csvData } from '~/server/data-response';
import { notFound } from '~/server/guards';

/** The transparency report of a year as CSV. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { clock, db } = context.app;
  const year = Number(params.year);
  if (!(await reportYears(db.reader, clock)).includes(year)) throw notFound();
  const rows = reportRows(await transparencyReport(db.reader, clock, year));
  return csvData(request, `transparency-${year}.csv`, csv(REPORT_COLUMNS, rows));
}
