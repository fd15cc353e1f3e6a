import { and, eq, inArray, isNotNull, or } from 'drizzle-orm';
import { handleKey } from '~/domain/accounts/users/handles';
import { notifyAll } from '~/domain/notifications/notify';
import type { Clock } from '~/platform/clock';
import type { Db } from '~db/client';
import { notifications, posts, users } from '~db/schema';

/** As many people as one post can name; further names are text like any other. */
const MOST = 10;

/** Names of one text that are looked up at all. */
const MOST_CANDIDATES = 50;

/** Where an @ names nobody of ours: in links, in code, and in what others said. */
const SILENT = new Set(['a', 'pre', 'code', 'blockquote']);

const TAG_OR_TEXT = /<(\/?)([a-z][a-z0-9]*)[^>]*>|[^<]+/g;

/** A handle after an @ that stands by itself: not in an address, not of another server. */
const MENTION =
  /(?<![\p{L}\p{M}\p{N}_@./+-])@([\p{L}\p{N}][\p{L}\p{M}\p{N}_-]{1,28}[\p{L}\p{M}\p{N}])(?![\p{L}\p{M}\p{N}_@])/gu;

/** What `linkMentions` writes, and no author can: links in their texts are absolute. */
const MENTION_LINK = /<a href="\/u\/([^"/]+)">@/g;

/**
 * Links names of people in the HTML of a post to their profiles: `@kofi`, where there is a kofi.
 * The HTML is what the renderer made: `<` begins a tag there, and nothing else.
 */
export async function linkMentions(db: Db, html: string): Promise<string> {
  if (!html.includes('@')) return html;
  const named = new Set<string>();
  inWords(html, (text) => {
    for (const [, handle = ''] of text.matchAll(MENTION)) named.add(handleKey(handle));
    return text;
  });
  const keys = [...named].slice(0, MOST_CANDIDATES);
  if (keys.length === 0) return html;
  const known = await db
    .select({ key: users.handleKey, handle: users.handle })
    .from(users)
    .where(
      and(
        inArray(users.handleKey, keys),
        or(isNotNull(users.confirmedAt), isNotNull(users.importedAt)),
      ),
    );
  const handles = new Map(known.map(({ key, handle }) => [key, handle]));
  const linked = new Set(keys.filter((key) => handles.has(key)).slice(0, MOST));
  return inWords(html, (text) =>
    text.replace(MENTION, (whole, handle: string) => {
      const key = handleKey(handle);
      if (!linked.has(key)) return whole;
      return `<a href="/u/${encodeURIComponent(handles.get(key) ?? '')}">${whole}</a>`;
    }),
  );
}

/**
 * Tells the people whom a public post names, each once for a post however often it is changed,
 * and nobody of a post of which they were told already.
 */
export async function notifyMentioned(tx: Db, clock: Clock, postId: string): Promise<void> {
  const [post] = await tx
    .select({ html: posts.html, authorId: posts.authorId })
    .from(posts)
    .where(and(eq(posts.id, postId), eq(posts.state, 'visible')));
  const found = [...(post?.html.matchAll(MENTION_LINK) ?? [])];
  const keys = [...new Set(found.map(([, handle = '']) => handleKey(decodeURIComponent(handle))))];
  if (!post || keys.length === 0) return;
  const people = await tx
    .select({ id: users.id })
    .from(users)
    .where(inArray(users.handleKey, keys.slice(0, MOST)));
  const told = await tx
    .select({ userId: notifications.userId })
    .from(notifications)
    .where(
      and(
        eq(notifications.postId, postId),
        inArray(
          notifications.userId,
          people.map(({ id }) => id),
        ),
      ),
    );
  const done = new Set([post.authorId, ...told.map(({ userId }) => userId)]);
  const rest = people.flatMap(({ id }) => (done.has(id) ? [] : [id]));
  await notifyAll(tx, clock, rest, { kind: 'mention', postId });
}

/** The HTML with `change` done to the author's own running words. */
function inWords(html: string, change: (text: string) => string): string {
  let silent = 0;
  return html.replace(TAG_OR_TEXT, (piece, closing: string | undefined, tag?: string) => {
    if (tag === undefined) return silent > 0 ? piece : change(piece);
    if (SILENT.has(tag)) silent += closing ? -1 : 1;
    return piece;
  });
}
