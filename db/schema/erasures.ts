import { index, table, text } from '../dialect';
import { id, moment } from './columns';

/**
 * Deleted accounts, so that a restored backup deletes them again and nobody can take their handle.
 * The table contains no names: the handle is stored only as the SHA-256 of its skeleton (its visual
 * form).
 */
export const erasures = table(
  'erasures',
  {
    userId: id('user_id').primaryKey(),
    handleHash: text('handle_hash').notNull(),
    /** The person's choice for their posts: kept without a name, or removed. */
    words: text('words').$type<'keep' | 'remove'>().notNull(),
    erasedAt: moment('erased_at').notNull(),
  },
  (t) => [index('erasures_handle').on(t.handleHash)],
);
