import { index, table, text } from '../dialect';
import { id, moment } from './columns';

/**
 * Accounts that were deleted, so that a restored backup forgets them again and nobody takes
 * their handle. It names no one: the handle is only here as the SHA-256 of what it looks like.
 */
export const erasures = table(
  'erasures',
  {
    userId: id('user_id').primaryKey(),
    handleHash: text('handle_hash').notNull(),
    /** What became of the words: kept without a name, or removed. */
    words: text('words').$type<'keep' | 'remove'>().notNull(),
    erasedAt: moment('erased_at').notNull(),
  },
  (t) => [index('erasures_handle').on(t.handleHash)],
);
