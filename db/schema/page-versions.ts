import { table, text } from '../dialect';

/**
 * What shared pages are checked against before they are sent again: one row for everything, one
 * for all posts, one for each thread. A `version` is drawn anew by every transaction after which
 * a page may look different; it is a mark and no counter, so that a restored backup never meets
 * an old one again.
 */
export const pageVersions = table('page_versions', {
  key: text('key').primaryKey(),
  version: text('version').notNull(),
});
