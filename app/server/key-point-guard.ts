import { redirect } from '@remix-run/node';
import {
  currentKeyPointId,
  findKeyPoint,
  type KeyPoint,
} from '~/domain/barriers/key-points/key-points';
import type { AppContext } from '~/platform/app-context';
import { notFound } from './guards';

/** Returns the key point of an id, or the one that it was merged into; throws 404 for any other. */
export async function requireKeyPoint(app: AppContext, id = ''): Promise<KeyPoint> {
  const current = await currentKeyPointId(app.db.reader, id);
  const point = current && (await findKeyPoint(app.db.reader, app.community, current));
  if (!point) throw notFound();
  return point;
}

/**
 * Returns the key point of a URL. That of one that was merged is redirected, on to the same page of
 * the list: every format has one URL.
 * @param pathOf the path of this format, by id.
 */
export async function requireKeyPointAt(
  app: AppContext,
  { request, params }: { request: Request; params: { id?: string } },
  pathOf: (id: string) => string,
): Promise<KeyPoint> {
  const point = await requireKeyPoint(app, params.id);
  if (params.id !== point.id) {
    throw redirect(pathOf(point.id) + new URL(request.url).search, {
      status: 301,
      headers: { 'Access-Control-Allow-Origin': '*' },
    });
  }
  return point;
}
