/*
 * What a write may change on pages that visitors without an account share. Deny by default: a
 * write touches everything unless all it changed is known to stand on no such page, or only on
 * those of one thread and in lists.
 */

/** On this hangs every shared page. */
export const ALL = 'all';
/** On this hangs, besides, whatever shows posts of more than one thread, or counts them. */
export const POSTS = 'posts';

/** On this hang, besides `ALL`, the pages of one thread. */
export function threadKey(threadId: string): string {
  return `thread:${threadId}`;
}

/** Tables of which no shared page shows anything. */
const UNSEEN = new Set([
  ...['sessions', 'attempts', 'mail_tokens', 'authenticators', 'recovery_codes', 'passkeys'],
  ...['address_changes', 'limits', 'submissions', 'drafts', 'waiting_posts', 'mails'],
  ...['deliveries', 'subscriptions', 'subscription_scopes', 'subscription_pillars'],
  ...['suppressions', 'notifications', 'read_marks', 'thread_watches', 'follows', 'bookmarks'],
  ...['reading_choices', 'page_versions', 'digest_plans', 'digest_proposals', 'jobs'],
]);

/** Tables whose changes a write may say to concern one thread and the lists. */
const OF_THREADS = new Set([
  ...['threads', 'posts', 'post_barriers', 'post_pillars', 'me_toos', 'post_revisions'],
  ...['search_entries', 'search_text'],
]);

const READS = /^\s*select\b/i;
const INSERTS = /^\s*insert\b/i;
const WRITES = /^\s*(?:insert\s+into|update|delete\s+from)\s+["`]?(\w+)["`]?/i;

/** Whether a statement puts rows into a table. */
export function isInsert(statement: string): boolean {
  return INSERTS.test(statement);
}

/** The table that a statement writes to; null if it only reads, '?' if it cannot be told. */
export function writtenTable(statement: string): string | null {
  if (READS.test(statement)) return null;
  return WRITES.exec(statement)?.[1] ?? '?';
}

/**
 * The keys whose versions a transaction has to draw anew, in their order, by the tables it changed
 * and the keys that it says it touches; none when no shared page can look different.
 */
export function touchedKeys(changed: Iterable<string>, said: readonly string[]): string[] {
  const seen = [...changed].filter((table) => !UNSEEN.has(table));
  if (seen.length === 0) return [];
  const narrow = said.length > 0 && seen.every((table) => OF_THREADS.has(table));
  return narrow ? [...new Set([POSTS, ...said])].sort() : [ALL];
}
