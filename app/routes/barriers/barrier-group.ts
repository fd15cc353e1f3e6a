import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { findKeyPoint } from '~/domain/barriers/key-points/key-points';
import { keyPointPath } from '~/domain/barriers/key-points/paths';
import { notFound } from '~/server/guards';

/** The former URL of a key point, which was called a group. */
export async function loader({ context, params }: LoaderFunctionArgs) {
  const point = await findKeyPoint(context.app.db.reader, context.app.community, params.id ?? '');
  if (!point) throw notFound();
  throw redirect(keyPointPath(point), 301);
}
