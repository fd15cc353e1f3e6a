import { postAnchor, postPath, wholePostPath } from '~/domain/forum/paths';
import type { After } from '~/domain/forum/posts/cursor';
import type { PostInThread } from '~/domain/forum/posts/posts';
import type { Translator } from '~/platform/i18n/translator';
import { dress } from '~/platform/markdown/decorate-html';
import { escapeHtml } from '~/platform/text/escape-html';
import { readCursor, writeCursor } from '~/server/api/cursor';
import type { AtomEntry } from '~/server/atom';
import { authorView } from '~/ui/forum/view';

/** Number of posts in a feed. */
export const FEED_LENGTH = 30;

/** Reads `?before=`: where an earlier page of the feed ended. Anything else is the newest page. */
export function readBefore(request: Request): After | null {
  return readCursor(new URL(request.url).searchParams.get('before') ?? '');
}

/** Returns the path of the next page of a feed; null if the feed ends here. */
export function nextPath(feed: string, rest: After | null): string | null {
  return rest && `${feed}?before=${writeCursor(rest)}`;
}

/** Returns a post as a feed entry with its full text. */
export function postEntry(post: PostInThread, i18n: Translator, origin: string): AtomEntry {
  const { name } = authorView(post.author, i18n.locale);
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
        : dress(post.html, { anchor: postAnchor(post.id), absolute: { origin } }),
    categories: [...post.barriers, ...post.pillars],
  };
}

/** The excerpt of a post that is too long for a feed, and where all of it is. */
function foldedHtml({ id, excerpt }: PostInThread, i18n: Translator, origin: string): string {
  const label = escapeHtml(i18n.t('conversation.post.whole'));
  return `<p dir="auto">${escapeHtml(excerpt)}</p><p><a href="${origin}${wholePostPath(id)}">${label}</a></p>`;
}
