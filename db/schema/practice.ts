import { index, integer, primaryKey, table, text } from '../dialect';
import { id, json, moment } from './columns';
import { users } from './people';

/** What a made-up case shows: a post as it would stand on the desk, and what is said of it. */
export interface PracticeMatter {
  thread: string;
  author: string;
  /** What is known of the author, in a sentence. */
  history: string;
  body: string;
  /** What it answers. */
  answers?: string;
  cause: 'flag' | 'held';
  flags: { reason: string; note?: string }[];
}

/**
 * Made-up cases to learn on, filled by `causeway practice`. Nothing here is a post or a person, so
 * nothing of it can reach the public side.
 */
export const practiceCases = table('practice_cases', {
  id: id().primaryKey(),
  position: integer('position').notNull(),
  matter: json<PracticeMatter>('matter').notNull(),
  /** What experienced moderators would do, by which rule, and why. */
  action: text('action').notNull(),
  rule: text('rule'),
  why: text('why').notNull(),
});

/** What a moderator decided in practice; the latest answer stands. */
export const practiceAnswers = table(
  'practice_answers',
  {
    caseId: text('case_id')
      .notNull()
      .references(() => practiceCases.id, { onDelete: 'cascade' }),
    moderatorId: text('moderator_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    action: text('action').notNull(),
    rule: text('rule'),
    answeredAt: moment('answered_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.moderatorId] }),
    index('practice_answers_moderator').on(t.moderatorId),
  ],
);
