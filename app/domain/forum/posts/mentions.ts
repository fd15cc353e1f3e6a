import { and, inArray, isNotNull, or } from 'drizzle-orm';
import { handleKey } from '~/domain/accounts/users/handles';
import type { Db } from '~db/client';
import { users } from '~db/schema';

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

/** The keys of the handles that `linkMentions` linked in a post's HTML, at most as many as it links. */
export function mentionedHandles(html: string): string[] {
  const found = [...html.matchAll(MENTION_LINK)];
  const keys = found.map(([, handle = '']) => handleKey(decodeURIComponent(handle)));
  return [...new Set(keys)].slice(0, MOST);
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
