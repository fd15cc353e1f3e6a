import { rowNumber, table, text, uniqueIndex } from '../dialect';

/**
 * What search can find, by the number under which the full-text index knows it. The index itself
 * (`search_text`) is made by hand in the migration: no schema can describe it.
 */
export const searchEntries = table(
  'search_entries',
  {
    entry: rowNumber('entry'),
    kind: text('kind').$type<'post' | 'digest'>().notNull(),
    /** The post's or digest's id. */
    ref: text('ref').notNull(),
  },
  (t) => [uniqueIndex('search_entries_ref').on(t.kind, t.ref)],
);
