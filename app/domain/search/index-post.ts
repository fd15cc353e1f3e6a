import { eq, sql } from 'drizzle-orm';
import { translatedPrompts, translationsOf } from '~/domain/forum/conversations/translations';
import { presentTranslations } from '~/domain/forum/translations/translations';
import { postsInAnyState } from '~/domain/forum/visibility';
import { plainText } from '~/platform/markdown/plain-text';
import type { Db } from '~db/client';
import { posts, threads } from '~db/schema';
import { prepared } from '~db/statement-cache';
import { putEntry, removeEntry } from './entries';

/*
 * Keeps the search index up to date. Call these in the transaction that stores a post or changes
 * its text or its thread's title. The index does not store whether a post may be shown: that is
 * checked at each search.
 */

const readText = prepared((db) =>
  db
    .select({
      html: posts.html,
      isOpening: posts.isOpening,
      threadId: threads.id,
      title: threads.title,
    })
    .from(postsInAnyState)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(eq(posts.id, sql.placeholder('postId'))),
);

/**
 * Adds a post to the index with its translations, or updates it; an opening post includes its thread's
 * titles and prompts.
 */
export async function indexPost(tx: Db, postId: string): Promise<void> {
  const [post] = await readText(tx, { postId });
  if (!post) return removeEntry(tx, 'post', postId);
  const title = post.isOpening ? await titlesOf(tx, post) : '';
  const translated = await presentTranslations(tx, [postId]);
  const prompts = post.isOpening ? await translatedPrompts(tx, [post.threadId]) : [];
  const texts = [
    post.html,
    ...translated.map(({ text }) => text),
    ...prompts.map(({ html }) => html),
  ];
  await putEntry(tx, 'post', postId, title, texts.map((html) => plainText(html)).join('\n'));
}

/** The title of a thread in all its languages. */
async function titlesOf(tx: Db, { threadId, title }: { threadId: string; title: string }) {
  const translated = await translationsOf(tx, 'thread', [threadId]);
  const texts = translated.filter(({ field }) => field === 'title').map(({ text }) => text);
  return [title, ...texts].join('\n');
}

/** Removes a post. A hidden post need not be removed. */
export async function removePost(tx: Db, postId: string): Promise<void> {
  await removeEntry(tx, 'post', postId);
}
