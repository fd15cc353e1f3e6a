import type { LoaderFunctionArgs } from '@remix-run/node';
import { keyPointData } from '~/domain/barriers/key-points/data';
import { currentKeyPointId, findKeyPoint } from '~/domain/barriers/key-points/key-points';
import { stancePlacesOf } from '~/domain/barriers/key-points/stance-places';
import { digestsNaming } from '~/domain/digests/key-point-digests';
import { digestPath } from '~/domain/digests/present';
import { pagingOf, readPage } from '~/platform/paging';
import { pathTo } from '~/platform/paths';
import { notFound } from '~/server/guards';

/** Number of posts in one response. */
const POSTS = 200;

/** A key point for programs; `next` leads to the rest of its posts. */
export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { db, config, community } = context.app;
  const id = await currentKeyPointId(db.reader, params.id ?? '');
  const point = id && (await findKeyPoint(db.reader, community, id));
  if (!point) throw notFound();
  const places = await stancePlacesOf(db.reader, point.id);
  const digests = await digestsNaming(db.reader, point.id);
  const wanted = readPage(new URL(request.url).searchParams.get('page'));
  const { page, pages, offset } = pagingOf(wanted, point.posts.length, POSTS);
  const self = config.origin + pathTo('/key-points/:id.json', { id: point.id });
  const posts = point.posts.slice(offset, offset + POSTS);
  const body = {
    ...keyPointData({ ...point, posts }, places, config.origin),
    next: page < pages ? `${self}?page=${page + 1}` : null,
    digests: digests.map(({ scope, period }) => ({
      scope,
      period,
      url: config.origin + digestPath(scope, period),
    })),
  };
  return Response.json(body, { headers: { 'Access-Control-Allow-Origin': '*' } });
}
