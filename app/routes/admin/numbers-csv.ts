import type { LoaderFunctionArgs } from '@remix-run/node';
import { MEASURES, readNumbers } from '~/domain/administration/numbers';
import { dayOf } from '~/platform/day';
import { csv } from '~/platform/text/csv';
import { requireAdministrator } from '~/server/guards';

/** The numbers page as CSV, for administrators only. */
export async function loader({ context }: LoaderFunctionArgs) {
  requireAdministrator(context);
  const { db, clock } = context.app;
  const rows = (await readNumbers(db.reader, clock)).map(({ period, counts }) => [
    ...[period.id, dayOf(period.start)],
    ...MEASURES.map((measure) => counts[measure]),
  ]);
  return new Response(csv(['week', 'from', ...MEASURES], rows), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8; header=present',
      'Content-Disposition': 'attachment; filename="numbers.csv"',
      'Cache-Control': 'private, no-store',
    },
  });
}
