import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { threadPath } from '~/domain/forum/paths';
import { feedPosts } from '~/domain/forum/posts/posts';
import { findThread } from '~/domain/forum/threads/threads';
import { EVERYBODY } from '~/domain/forum/visibility';
import { pathTo } from '~/platform/paths';
import { atomResponse } from '~/server/atom';
import { notFound } from '~/server/guards';
import { FEED_LENGTH, nextPath, postEntry, readBefore } from './post-entry';

/** Posts of one thread, newest first. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { config, db } = context.app;
  const { i18n } = context.visit;
  const thread = await findThread(db.reader, params.id ?? '', EVERYBODY);
  if (!thread) throw notFound();
  const self = pathTo('/t/:id/:slug?', { id: thread.id, slug: 'feed.xml' });
  if (params.id !== thread.id) throw redirect(self, 301);
  const before = readBefore(request);
  const { posts, rest } = await feedPosts(db.reader, {
    threadId: thread.id,
    before,
    limit: FEED_LENGTH,
  });
  return atomResponse(request, config.origin, {
    title: i18n.t('conversation.feed.thread', { title: thread.title }),
    self,
    next: nextPath(self, rest),
    page: threadPath(thread),
    language: i18n.locale,
    since: thread.createdAt,
    entries: posts.map((post) => postEntry(post, i18n, config.origin)),
  });
}
