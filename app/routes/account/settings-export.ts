import { Readable } from 'node:stream';
import type { ActionFunctionArgs } from '@remix-run/node';
import { exportOf } from '~/domain/accounts/privacy/export-account';
import { accountById } from '~/domain/accounts/users/accounts';
import { dayOf } from '~/platform/day';
import { DomainError } from '~/platform/errors';
import { pathTo } from '~/platform/paths';
import { countUse } from '~/platform/rate-limits/limiter';
import { notFound, requireFreshProof } from '~/server/guards';

export function loader() {
  throw notFound();
}

/** Created while it is sent, for its owner only; no copy is stored. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { app, visit } = context;
  const { person } = requireFreshProof(context, request, pathTo('/settings/data'));
  try {
    await countUse(app, 'export', person.id);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { values, retryAfter = 60 } = error.options;
    const headers = {
      'Content-Type': 'text/plain; charset=utf-8',
      'Retry-After': String(Math.ceil(retryAfter)),
    };
    return new Response(visit.i18n.t(error.key, values), { status: 429, headers });
  }
  const account = await accountById(app.db.reader, person.id);
  if (!account) throw notFound();
  const zip = exportOf(app, { id: account.id, emailKey: account.emailKey }, visit.i18n);
  return new Response(Readable.toWeb(Readable.from(zip)) as ReadableStream, {
    headers: {
      'Content-Type': 'application/zip',
      'Content-Disposition': `attachment; filename="causeway-${dayOf(app.clock.now())}.zip"`,
      'Cache-Control': 'private, no-store',
    },
  });
}
