import { integer, table, text } from '../dialect';

/**
 * When each cache tag last changed (`db/cache-tags.ts`), written by triggers alone. A version is
 * greater than every one before it, and at least the microseconds since 1970, so that a database
 * that was restored from a backup never meets a version it had before.
 */
export const cacheTags = table('cache_tags', {
  tag: text('tag').primaryKey(),
  version: integer('version').notNull(),
});
