import type { LoaderFunctionArgs } from '@remix-run/node';
import { keyPointData } from '~/domain/barriers/key-points/data';
import { stancePlacesOf } from '~/domain/barriers/key-points/stance-places';
import { digestsNaming } from '~/domain/digests/key-point-digests';
import { digestPath } from '~/domain/digests/present';
import { pagingOf, readPage } from '~/platform/paging';
import { pathTo } from '~/platform/paths';
import { requireKeyPointAt } from '~/server/key-point-guard';

/** Number of posts in one response. */
const POSTS = 200;

/** A key point for programs; `next` leads to the rest of its posts. */
export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { db, config } = context.app;
  const pathOf = (id: string) => pathTo('/key-points/:id.json', { id });
  const point = await requireKeyPointAt(context.app, { request, params }, pathOf);
  const places = await stancePlacesOf(db.reader, point.id);
  const digests = await digestsNaming(db.reader, point.id);
  const wanted = readPage(new URL(request.url).searchParams.get('page'));
  const { page, pages, offset } = pagingOf(wanted, point.posts.length, POSTS);
  const self = config.origin + pathOf(point.id);
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
