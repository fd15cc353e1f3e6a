import { eq, sql } from 'drizzle-orm';
import { translatedPrompts, translatedTitles } from '~/domain/forum/conversations/translations';
import { presentTranslations } from '~/domain/forum/translations/translations';
import { postsInAnyState } from '~/domain/forum/visibility';
import { plainText } from '~/platform/markdown/plain-text';
import type { Db } from '~db/client';
import { posts, threads } from '~db/schema';
import { prepared } from '~db/statement-cache';
import { putEntry, removeEntry } from './entries';

/*
 * Keeps the search index up to date. Call these in the transaction that stores a post or changes
 * its text, its language or its thread's title. The index does not store whether a post may be shown: that is
 * checked at each search.
 */

const readText = prepared((db) =>
  db
    .select({
      html: posts.html,
      isOpening: posts.isOpening,
      thread: { id: threads.id, title: threads.title, language: threads.language },
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
  const { html, isOpening, thread } = post;
  const titles = isOpening ? [thread.title, ...(await translatedTitles(tx, thread))] : [];
  const translated = await presentTranslations(tx, [postId]);
  const prompts = isOpening ? await translatedPrompts(tx, [thread.id]) : [];
  const texts = [html, ...translated.map(({ text }) => text), ...prompts.map(({ html }) => html)];
  const body = texts.map((html) => plainText(html)).join('\n');
  await putEntry(tx, 'post', postId, titles.join('\n'), body);
}

/** Adds a post that was just stored: a reply then has no other text than its own, which may be known. */
export async function indexNewPost(
  tx: Db,
  { id, html, isOpening }: { id: string; html?: string; isOpening?: boolean },
): Promise<void> {
  if (html === undefined || isOpening !== false) return indexPost(tx, id);
  await putEntry(tx, 'post', id, '', plainText(html));
}

/** Removes a post. A hidden post need not be removed. */
export async function removePost(tx: Db, postId: string): Promise<void> {
  await removeEntry(tx, 'post', postId);
}
