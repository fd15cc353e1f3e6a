import { and, eq } from 'drizzle-orm';
import { findBareThread } from '~/domain/forum/threads/threads';
import { EVERYBODY, publicPost } from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import { posts, threads } from '~db/schema';

/**
 * Returns the public post at a URL of this site: of a post, a post within a thread, or a thread
 * (its opening post). Null for any other URL and for posts that are not public, without
 * distinction.
 */
export async function postAt(db: Db, origin: string, typed: string): Promise<string | null> {
  const place = readLocation(origin, typed);
  if (!place) return null;
  const thread = 'postId' in place ? null : await findBareThread(db, place.threadId, EVERYBODY);
  if (!('postId' in place) && !thread) return null;
  const named =
    'postId' in place
      ? eq(posts.id, place.postId)
      : and(eq(posts.threadId, thread?.id ?? ''), eq(posts.isOpening, true));
  const [post] = await db
    .select({ id: posts.id })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(named, publicPost()));
  return post?.id ?? null;
}

/** Reads a URL, with or without our origin. */
export function readLocation(
  origin: string,
  typed: string,
): { postId: string } | { threadId: string } | null {
  const text = typed.trim();
  if (!URL.canParse(text, origin)) return null;
  const url = new URL(text, origin);
  if (url.host !== new URL(origin).host) return null;
  const anchored = /^#p-([\w-]+)$/.exec(url.hash)?.[1];
  const [, kind, id] = /^\/([pt])\/([\w-]+)(?:\/|$)/.exec(url.pathname) ?? [];
  if (!kind || !id) return null;
  if (kind === 'p') return { postId: id };
  return anchored ? { postId: anchored } : { threadId: id };
}
