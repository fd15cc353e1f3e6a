import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { threadPath } from '~/domain/forum/paths';
import { findThread } from '~/domain/forum/threads/threads';
import { EVERYBODY } from '~/domain/forum/visibility';
import { pathTo } from '~/platform/paths';
import { notFound } from '~/server/guards';
import { postsFeed } from './post-entry';

/** Posts of one thread, newest first. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const thread = await findThread(app.db.reader, params.id ?? '', EVERYBODY);
  if (!thread) throw notFound();
  const self = pathTo('/t/:id/:slug?', { id: thread.id, slug: 'feed.xml' });
  if (params.id !== thread.id) throw redirect(self, 301);
  const title = visit.i18n.t('conversation.feed.thread', { title: thread.title });
  const feed = { title, self, page: threadPath(thread), since: thread.createdAt };
  return postsFeed({ request, context }, { threadId: thread.id }, feed);
}
