import { postAnchor, postPath } from '~/domain/forum/paths';
import type { PostInThread } from '~/domain/forum/posts/posts';
import type { Translator } from '~/platform/i18n/translator';
import { dress } from '~/platform/markdown/decorate-html';
import type { AtomEntry } from '~/server/atom';
import { authorView } from '~/ui/forum/view';

/** Number of posts in a feed. */
export const FEED_LENGTH = 30;

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
    html: dress(post.html, { anchor: postAnchor(post.id), absolute: { origin } }),
    categories: [...post.barriers, ...post.pillars],
  };
}
