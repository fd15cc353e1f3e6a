import type { LoaderFunctionArgs } from '@remix-run/node';
import { findConversation } from '~/domain/forum/conversations/conversations';
import { EVERYBODY } from '~/domain/forum/visibility';
import { pathTo } from '~/platform/paths';
import { calendarEvent } from '~/platform/text/calendar';
import { notFound } from '~/server/guards';

/** The window of a conversation as an event (iCalendar). 404 if it has none. */
export async function loader({ context, params }: LoaderFunctionArgs) {
  const { db, config } = context.app;
  const found = await findConversation(db.reader, params.slug ?? '', EVERYBODY);
  const { opensAt, closesAt } = found ?? {};
  const start = opensAt ?? closesAt;
  if (!found || !start) throw notFound();
  const url = config.origin + pathTo('/c/:slug', { slug: found.slug });
  const body = calendarEvent({
    uid: `${found.id}@${new URL(config.origin).hostname}`,
    stamp: found.openedAt ?? found.createdAt,
    start,
    end: closesAt ?? start,
    summary: found.title,
    url,
  });
  return new Response(body, { headers: { 'Content-Type': 'text/calendar; charset=utf-8' } });
}
