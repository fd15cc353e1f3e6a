import { integer, table, text } from '../dialect';

/**
 * The version of each cache tag (`db/cache-tags.ts`), written only by triggers. A new version is
 * greater than all before it and at least the time in microseconds since 1970, so that a database
 * restored from a backup never reuses a version.
 */
export const cacheTags = table('cache_tags', {
  tag: text('tag').primaryKey(),
  version: integer('version').notNull(),
});
