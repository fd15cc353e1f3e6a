import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { findBackup } from '~/domain/ops/stored-backups';
import { pathTo } from '~/platform/paths';
import { notFound, requireProvenAdministrator } from '~/server/guards';

/** Sends a stored backup. It holds everything, so the administrator has just authenticated. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  requireProvenAdministrator(context, request, pathTo('/admin/backups'));
  const found = await findBackup(context.app, params.name ?? '');
  if (!found) throw notFound();
  return new Response(Readable.toWeb(createReadStream(found.file)) as ReadableStream, {
    headers: {
      'Content-Type': 'application/vnd.sqlite3',
      'Content-Length': String(found.bytes),
      'Content-Disposition': `attachment; filename="${found.name}"`,
      'Cache-Control': 'private, no-store',
    },
  });
}
