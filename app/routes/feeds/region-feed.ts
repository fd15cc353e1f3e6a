import type { LoaderFunctionArgs } from '@remix-run/node';
import { feedPosts } from '~/domain/forum/posts/posts';
import { pathTo } from '~/platform/paths';
import { placeName } from '~/platform/places/names';
import { isRegion } from '~/platform/places/places';
import { atomResponse } from '~/server/atom';
import { notFound } from '~/server/guards';
import { FEED_LENGTH, nextPath, postEntry, readBefore } from './post-entry';

/** Posts from one region, newest first. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { config, db } = context.app;
  const { i18n } = context.visit;
  const region = params.m49 ?? '';
  if (!isRegion(region)) throw notFound();
  const before = readBefore(request);
  const { posts, rest } = await feedPosts(db.reader, { region, before, limit: FEED_LENGTH });
  const place = placeName(region, i18n.locale);
  const self = pathTo('/regions/:m49/feed.xml', { m49: region });
  return atomResponse(request, config.origin, {
    title: i18n.t('conversation.feed.region', { place }),
    self,
    next: nextPath(self, rest),
    page: pathTo('/regions/:m49', { m49: region }),
    language: i18n.locale,
    since: 0,
    entries: posts.map((post) => postEntry(post, i18n, config.origin)),
  });
}
