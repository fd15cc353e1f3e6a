import type { LoaderFunctionArgs } from '@remix-run/node';
import { findConversation } from '~/domain/forum/conversations/conversations';
import { EVERYBODY } from '~/domain/forum/visibility';
import { pathTo } from '~/platform/paths';
import { notFound } from '~/server/guards';
import { postsFeed } from './post-entry';

/** Posts of one conversation, newest first; the subtitle says when it closes or closed. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { app, visit } = context;
  const { t } = visit.i18n;
  const found = await findConversation(app.db.reader, params.slug ?? '', EVERYBODY);
  if (!found) throw notFound();
  const { id, slug, title, createdAt, state, closesAt, closedAt } = found;
  const isClosed = state === 'closed';
  // A window that ends at midnight is open until the day before.
  const at = new Date(isClosed ? (closedAt ?? 0) : (closesAt ?? 0) - 1);
  const subtitle = t(isClosed ? 'conversations.closed' : 'conversations.closes', { at });
  return postsFeed(
    { request, context },
    { conversationId: id },
    {
      title: t('conversation.feed.thread', { title }),
      self: pathTo('/c/:slug/feed.xml', { slug }),
      page: pathTo('/c/:slug', { slug }),
      since: createdAt,
      ...((isClosed || closesAt !== null) && { subtitle }),
    },
  );
}
