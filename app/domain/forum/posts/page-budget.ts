/*
 * Pages, feeds and API responses show many posts at once, and rendering runs on one thread: what one
 * of them may contain is limited, whatever its posts contain. Nothing is left out silently: long
 * posts are folded behind a link to the page where they are whole, further replies are on the page
 * of their contribution, and feeds and API responses link to the rest.
 */

/** HTML of all posts on a page, in bytes: 60 posts of 400 words. */
const PAGE_BYTES = 160_000;
/** Posts on a page. Most have far fewer: 20 contributions, each with a few replies. */
const PAGE_POSTS = 120;
/** HTML of all entries of a feed, in bytes, and of one of them. */
const FEED_BYTES = 200_000;
const ENTRY_BYTES = 40_000;

/** What is known of a post before its text is read. */
export interface Outline {
  id: string;
  /** The contribution that a reply belongs to. */
  parentId: string | null;
  /** Size of its HTML. */
  bytes: number;
}

export interface Fit<Post extends Outline> {
  shown: Post[];
  /** Ids of those whose text is left to a page of its own. */
  folded: Set<string>;
  /** By contribution, how many of its replies are not shown. */
  repliesLeft: Map<string, number>;
}

/**
 * Chooses what of a page's posts is shown on it. If there are too many, each contribution keeps the
 * same number of first replies. If they are too large, the largest are folded.
 */
export function fitPage<Post extends Outline>(
  outline: readonly Post[],
  { bytes = PAGE_BYTES, posts = PAGE_POSTS } = {},
): Fit<Post> {
  const counts = new Map<string, number>();
  for (const { parentId } of outline) {
    if (parentId) counts.set(parentId, (counts.get(parentId) ?? 0) + 1);
  }
  const withoutReplies = outline.filter(({ parentId }) => !parentId).length;
  const total = (each: number) =>
    [...counts.values()].reduce((sum, count) => sum + Math.min(count, each), withoutReplies);
  let each = Math.max(1, ...counts.values());
  if (total(each) > posts) each = Math.min(each, posts);
  while (each > 1 && total(each) > posts) each -= 1;

  const place = new Map<string, number>();
  const shown = outline.filter(({ parentId }) => {
    if (!parentId) return true;
    const before = place.get(parentId) ?? 0;
    place.set(parentId, before + 1);
    return before < each;
  });
  const left = [...counts].flatMap(([id, count]) =>
    count > each ? [[id, count - each] as const] : [],
  );
  return { shown, folded: tooLarge(shown, bytes), repliesLeft: new Map(left) };
}

/** Folds the largest until the others fit; of equals, those that come later. */
function tooLarge(shown: readonly Outline[], bytes: number): Set<string> {
  let used = 0;
  const folded = shown
    .toSorted((a, b) => a.bytes - b.bytes)
    .filter((post) => {
      used += post.bytes;
      return used > bytes;
    });
  return new Set(folded.map(({ id }) => id));
}

/** Chooses the first entries of a feed that fit, at least one, and those that show an excerpt only. */
export function fitFeed<Entry extends { id: string; bytes: number }>(
  entries: readonly Entry[],
): { shown: Entry[]; folded: Set<string> } {
  const isLong = ({ bytes }: Entry) => bytes > ENTRY_BYTES;
  const shown = firstBytes(entries, FEED_BYTES, (entry) => (isLong(entry) ? 0 : entry.bytes));
  return { shown, folded: new Set(shown.filter(isLong).map(({ id }) => id)) };
}

/** Returns the first items whose sizes together stay within `bytes`; at least one. */
export function firstBytes<Item>(
  items: readonly Item[],
  bytes: number,
  sizeOf: (item: Item) => number,
): Item[] {
  let used = 0;
  const end = items.findIndex((item, at) => {
    used += sizeOf(item);
    return at > 0 && used > bytes;
  });
  return end < 0 ? [...items] : items.slice(0, end);
}
