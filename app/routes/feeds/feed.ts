import type { LoaderFunctionArgs } from '@remix-run/node';
import { feedPosts } from '~/domain/forum/posts/posts';
import { pathTo } from '~/platform/paths';
import { atomResponse } from '~/server/atom';
import { FEED_LENGTH, nextPath, postEntry, readBefore } from './post-entry';

/** All posts, newest first. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { config, db } = context.app;
  const { i18n } = context.visit;
  const before = readBefore(request);
  const { posts, rest } = await feedPosts(db.reader, { before, limit: FEED_LENGTH });
  return atomResponse(request, config.origin, {
    title: `${config.siteName}: ${i18n.t('conversation.feed.all')}`,
    self: pathTo('/feed.xml'),
    next: nextPath(pathTo('/feed.xml'), rest),
    page: '/',
    language: i18n.locale,
    since: 0,
    entries: posts.map((post) => postEntry(post, i18n, config.origin)),
  });
}
