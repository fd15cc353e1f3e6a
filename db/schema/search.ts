import { rowNumber, table, text, uniqueIndex } from '../dialect';

/**
 * The entries that search can find, with their row number in the full-text index. The index itself
 * (`search_text`) is created by hand in a migration, because Drizzle cannot describe it.
 */
export const searchEntries = table(
  'search_entries',
  {
    entry: rowNumber('entry'),
    kind: text('kind').$type<'post' | 'digest'>().notNull(),
    /** Id of the post or digest. */
    ref: text('ref').notNull(),
  },
  (t) => [uniqueIndex('search_entries_ref').on(t.kind, t.ref)],
);
