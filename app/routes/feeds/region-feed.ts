import type { LoaderFunctionArgs } from '@remix-run/node';
import { newestPosts } from '~/domain/forum/posts/posts';
import { pathTo } from '~/platform/paths';
import { placeName } from '~/platform/places/names';
import { isRegion } from '~/platform/places/places';
import { atomResponse } from '~/server/atom';
import { notFound } from '~/server/guards';
import { FEED_LENGTH, postEntry } from './post-entry';

/** Posts from one region, newest first. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { config, db } = context.app;
  const { i18n } = context.visit;
  const region = params.m49 ?? '';
  if (!isRegion(region)) throw notFound();
  const posts = await newestPosts(db.reader, { region, limit: FEED_LENGTH });
  const place = placeName(region, i18n.locale);
  return atomResponse(request, config.origin, {
    title: i18n.t('conversation.feed.region', { place }),
    self: pathTo('/regions/:m49/feed.xml', { m49: region }),
    page: pathTo('/regions/:m49', { m49: region }),
    language: i18n.locale,
    since: 0,
    entries: posts.map((post) => postEntry(post, i18n, config.origin)),
  });
}
