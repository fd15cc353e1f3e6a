import { index, table, text } from '../dialect';
import { belongsTo, id, moment, refersTo } from './columns';
import { posts } from './conversation';
import { users } from './people';

/** What a text is checked against: a word, the host of a link, a regular expression. */
export type PatternKind = 'word' | 'link' | 'expression';

/**
 * The effect on a matching text: `hold` keeps it unpublished until a moderator approves it, `flag`
 * publishes it and opens a case.
 */
export type PatternEffect = 'hold' | 'flag';

/** Words and links to check. A pattern is retired, not deleted: signals refer to it. */
export const patterns = table('patterns', {
  id: id().primaryKey(),
  kind: text('kind').$type<PatternKind>().notNull(),
  /** As typed. */
  text: text('text').notNull(),
  effect: text('effect').$type<PatternEffect>().notNull(),
  /** The reason for the pattern, for other moderators. */
  note: text('note'),
  addedById: refersTo('added_by_id', () => users.id),
  createdAt: moment('created_at').notNull(),
  retiredAt: moment('retired_at'),
  retiredById: text('retired_by_id').references(() => users.id),
});

/** `pattern-unchecked`: there was no time to look for all patterns. */
export type SignalKind =
  | 'pattern'
  | 'pattern-unchecked'
  | 'duplicate'
  | 'spam-check'
  | 'spam-check-failed';

/** Results of the automatic checks of a post when it was written or edited. */
export const signals = table(
  'signals',
  {
    id: id().primaryKey(),
    postId: belongsTo('post_id', () => posts.id),
    kind: text('kind').$type<SignalKind>().notNull(),
    /** `none` if moderators only see it beside the post. */
    effect: text('effect').$type<PatternEffect | 'none'>().notNull(),
    patternId: text('pattern_id').references(() => patterns.id),
    /** The matching words; short. */
    matched: text('matched'),
    /** The post with the same text. */
    otherPostId: text('other_post_id').references(() => posts.id),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [index('signals_post').on(t.postId, t.createdAt)],
);

/** Fingerprints of longer texts, used to detect that the same text is posted again. */
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
