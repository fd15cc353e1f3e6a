import { postAnchor, postPath, wholePostPath } from '~/domain/forum/paths';
import { feedPosts, type PostInThread } from '~/domain/forum/posts/posts';
import type { Translator } from '~/platform/i18n/translator';
import { decorateHtml } from '~/platform/markdown/decorate-html';
import type { RegionCode } from '~/platform/places/places';
import { escapeHtml } from '~/platform/text/escape-html';
import { readCursor, writeCursor } from '~/server/api/cursor';
import { type AtomEntry, type AtomFeed, atomResponse } from '~/server/atom';
import type { RouteArgs } from '~/server/request-context';
import { authorView } from '~/ui/forum/view';

export const FEED_LENGTH = 30;

/** Responds with a feed of posts, newest first; `?before=` says where an earlier page ended. */
export async function postsFeed(
  { request, context }: RouteArgs,
  of: { threadId?: string; conversationId?: string; region?: RegionCode },
  feed: Pick<AtomFeed, 'title' | 'subtitle' | 'self' | 'page'> & { since?: number },
): Promise<Response> {
  const { config, db } = context.app;
  const { i18n } = context.visit;
  const before = readCursor(new URL(request.url).searchParams.get('before') ?? '');
  const { posts, rest } = await feedPosts(db.reader, { ...of, before, limit: FEED_LENGTH });
  return atomResponse(request, config.origin, {
    since: 0,
    ...feed,
    next: rest && `${feed.self}?before=${writeCursor(rest)}`,
    language: i18n.locale,
    entries: posts.map((post) => postEntry(post, i18n, config.origin)),
  });
}

/** Returns a post as a feed entry with its full text. */
export function postEntry(post: PostInThread, i18n: Translator, origin: string): AtomEntry {
  const { label: name } = authorView(post.author, i18n.locale);
  return {
    path: postPath(post.id),
    title: i18n.t('conversation.feed.entry', { name, title: post.thread.title }),
    author: name,
    published: post.createdAt,
    updated: post.editedAt ?? post.createdAt,
    language: post.language,
    html:
      post.html === null
        ? foldedHtml(post, i18n, origin)
        : decorateHtml(post.html, {
            anchor: postAnchor(post.id),
            absolute: { origin, post: origin + postPath(post.id) },
          }),
    categories: [...post.barriers, ...post.pillars],
  };
}

/** The excerpt of a post that is too long for a feed, and where all of it is. */
function foldedHtml({ id, excerpt }: PostInThread, i18n: Translator, origin: string): string {
  const label = escapeHtml(i18n.t('conversation.post.whole'));
  return `<p dir="auto">${escapeHtml(excerpt)}</p><p><a href="${origin}${wholePostPath(id)}">${label}</a></p>`;
}
