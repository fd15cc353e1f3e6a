import type { LoaderFunctionArgs } from '@remix-run/node';
import { keyPointText } from '~/domain/barriers/key-points/key-points';
import { keyPointPath } from '~/domain/barriers/key-points/paths';
import { publicPostsOf } from '~/domain/forum/posts/posts';
import { pathTo } from '~/platform/paths';
import { atomResponse } from '~/server/atom';
import { requireKeyPointAt } from '~/server/key-point-guard';
import { FEED_LENGTH, postEntry } from './post-entry';

/** The reports of a key point, newest first. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { config, db } = context.app;
  const { i18n } = context.visit;
  const pathOf = (id: string) => pathTo('/key-points/:id/feed.xml', { id });
  const point = await requireKeyPointAt(context.app, { request, params }, pathOf);
  const newest = point.posts.toReversed().slice(0, FEED_LENGTH);
  const posts = await publicPostsOf(
    db.reader,
    newest.map((post) => post.id),
  );
  const { title } = keyPointText(point, i18n);
  return atomResponse(request, config.origin, {
    title: i18n.t('keyPoints.feed', { title }),
    self: pathOf(point.id),
    page: keyPointPath(point),
    language: i18n.locale,
    since: point.createdAt,
    entries: posts.map((post) => postEntry(post, i18n, config.origin)),
  });
}
