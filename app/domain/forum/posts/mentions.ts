import { and, inArray, isNotNull, or } from 'drizzle-orm';
import { handleKey } from '~/domain/accounts/users/handles';
import { pathTo } from '~/platform/paths';
import { UNSPACED } from '~/platform/text/bare-address';
import type { Db } from '~db/client';
import { users } from '~db/schema';

/** Maximum number of people mentioned in a post; further names stay plain text. */
const MOST = 10;

/** Maximum number of possible names in a text that are looked up. */
const MOST_CANDIDATES = 50;

/** Elements in which an @ is not a mention: links, code and quotations. */
const SILENT = new Set(['a', 'pre', 'code', 'blockquote']);

const TAG_OR_TEXT = /<(\/?)([a-z][a-z0-9]*)[^>]*>|[^<]+/g;

/** An @ that begins a mention. */
const BEFORE = `(?<!(?!${UNSPACED})[\\p{L}\\p{M}\\p{N}_@./\\\\+=-]\\p{Cf}*)@`;

/**
 * A handle after an @, but not in an email address, in a handle on another server, in the name
 * of a package (`@scope/name`, `@scope/*`), in a command (`file=@name`) or a decorator (`@name()`).
 * It may follow a word of a script without spaces (`请问@kofi`), and one may follow its full stop or colon.
 */
const MENTION = new RegExp(
  `${BEFORE}([\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}_-]{1,28}[\\p{L}\\p{M}\\p{N}])` +
    '(?!\\p{Cf}*(?:[-_]*[\\p{L}\\p{M}\\p{N}]|[_@(]|[/\\\\](?!\\s*@)|' +
    `\\.\\p{Cf}*[\\p{L}\\p{N}]|[:．。：]\\p{Cf}*(?!${UNSPACED})[\\p{L}\\p{N}]))`,
  'gu',
);

/** A handle of other scripts that a word of a script without spaces follows: `@kofi谢谢`, if nobody has all of it as a handle. */
const MENTION_IN_WORDS = new RegExp(
  `${BEFORE}((?!${UNSPACED})[\\p{L}\\p{N}](?:(?!${UNSPACED})[\\p{L}\\p{M}\\p{N}_-]){1,28}` +
    `(?!${UNSPACED})[\\p{L}\\p{M}\\p{N}])(?=${UNSPACED})`,
  'gu',
);

/** The links of `linkMentions`. Authors cannot write them: links in their texts are absolute. */
const MENTION_LINK = /<a href="\/u\/([^"/]+)">@/g;

/**
 * Links handles in a post's HTML to profiles: `@kofi`, if that handle exists. The HTML must come
 * from the renderer, where `<` only begins tags.
 */
export async function linkMentions(db: Db, html: string): Promise<string> {
  if (!html.includes('@')) return html;
  const named = new Set<string>();
  inWords(html, (text) => {
    for (const pattern of [MENTION, MENTION_IN_WORDS]) {
      for (const [, handle = ''] of text.matchAll(pattern)) named.add(handleKey(handle));
    }
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
  const link = (whole: string, handle: string) => {
    const key = handleKey(handle);
    if (!linked.has(key)) return whole;
    return `<a href="${pathTo('/u/:handle', { handle: handles.get(key) ?? '' })}">${whole}</a>`;
  };
  // What is linked is passed over the second time.
  const whole = inWords(html, (text) => text.replace(MENTION, link));
  return inWords(whole, (text) => text.replace(MENTION_IN_WORDS, link));
}

/** Returns the keys of the handles that `linkMentions` linked, up to the same maximum. */
export function mentionedHandles(html: string): string[] {
  const found = [...html.matchAll(MENTION_LINK)];
  const keys = found.map(([, handle = '']) => handleKey(decodeURIComponent(handle)));
  return [...new Set(keys)].slice(0, MOST);
}

/** Applies `change` to the author's own running text in the HTML. */
function inWords(html: string, change: (text: string) => string): string {
  let silent = 0;
  return html.replace(TAG_OR_TEXT, (piece, closing: string | undefined, tag?: string) => {
    if (tag === undefined) return silent > 0 ? piece : change(piece);
    if (SILENT.has(tag)) silent += closing ? -1 : 1;
    return piece;
  });
}
