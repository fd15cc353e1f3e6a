import { index, table, text } from '../dialect';
import { id, moment } from './columns';
import { posts } from './conversation';
import { users } from './people';

/** What a text is compared with: a word, the host of a link, a regular expression. */
export type PatternKind = 'word' | 'link' | 'expression';

/** A text that matches waits for a moderator, or is shown and brought before them. */
export type PatternEffect = 'hold' | 'flag';

/**
 * Words and links that moderators want to see before or after everybody else does. A pattern that
 * is not wanted any more is retired and stays, because hits refer to it.
 */
export const patterns = table('patterns', {
  id: id().primaryKey(),
  kind: text('kind').$type<PatternKind>().notNull(),
  /** As it was typed. */
  text: text('text').notNull(),
  effect: text('effect').$type<PatternEffect>().notNull(),
  /** Why it is here, for other moderators. */
  note: text('note'),
  addedById: text('added_by_id')
    .notNull()
    .references(() => users.id),
  createdAt: moment('created_at').notNull(),
  retiredAt: moment('retired_at'),
  retiredById: text('retired_by_id').references(() => users.id),
});

export type SignalKind = 'pattern' | 'duplicate' | 'spam-check' | 'spam-check-failed';

/** What automation noticed about a post when it was written or edited. */
export const signals = table(
  'signals',
  {
    id: id().primaryKey(),
    postId: text('post_id')
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<SignalKind>().notNull(),
    /** `none` for what is only told beside the post. */
    effect: text('effect').$type<PatternEffect | 'none'>().notNull(),
    patternId: text('pattern_id').references(() => patterns.id),
    /** The words that were met; short. */
    matched: text('matched'),
    /** The post with the same text. */
    otherPostId: text('other_post_id').references(() => posts.id),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [index('signals_post').on(t.postId, t.createdAt)],
);

/** A fingerprint of each longer text that was written here, by which the same text is met again. */
export const textPrints = table(
  'text_prints',
  {
    postId: text('post_id')
      .primaryKey()
      .references(() => posts.id, { onDelete: 'cascade' }),
    print: text('print').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [index('text_prints_print').on(t.print, t.createdAt)],
);
