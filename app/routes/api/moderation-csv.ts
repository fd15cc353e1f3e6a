import type { LoaderFunctionArgs } from '@remix-run/node';
import { threadPath } from '~/domain/forum/paths';
import { entriesBetween } from '~/domain/moderation/decisions/public-log';
import { csv } from '~/platform/text/csv';
import { csvData } from '~/server/data-response';

const COLUMNS = [
  ...['id', 'date', 'action', 'rule', 'moderator', 'thread', 'posts', 'until'],
  ...['automated', 'found_by_machine', 'takes_back', 'on_appeal', 'appealed', 'taken_back'],
  ...['person', 'role', 'reason'],
];

/** The whole public log as CSV, newest first. */
export async function loader({ request, context: { app } }: LoaderFunctionArgs) {
  const { config, clock, db } = app;
  const entries = await entriesBetween(db.reader, 0, clock.now() + 1);
  const day = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
  const rows = entries.map((one) => [
    one.id,
    day(one.createdAt),
    one.action,
    one.rule,
    one.moderator,
    one.thread && config.origin + threadPath(one.thread),
    one.posts,
    day(one.until),
    one.automated ? 1 : 0,
    one.foundByMachine ? 1 : 0,
    one.undoes?.action ?? null,
    one.onAppeal ? 1 : 0,
    one.appealedAt === null ? 0 : 1,
    one.takenBackAt === null ? 0 : 1,
    one.role?.handle ?? null,
    one.role?.to ?? null,
    one.role?.reason ?? null,
  ]);
  return csvData(request, 'moderation.csv', csv(COLUMNS, rows));
}
