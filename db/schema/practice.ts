import { index, integer, primaryKey, table, text } from '../dialect';
import { belongsTo, id, json, moment } from './columns';
import { users } from './people';

/** A practice case: a post as moderators would see it in the queue, with its reports. */
export interface PracticeMatter {
  thread: string;
  author: string;
  /** A sentence about the author's history. */
  history: string;
  body: string;
  /** The text that the post replies to. */
  answers?: string;
  cause: 'flag' | 'held';
  flags: { reason: string; note?: string }[];
}

/** Invented cases for training; they are no posts or people, so no public page shows them. */
export const practiceCases = table('practice_cases', {
  id: id().primaryKey(),
  position: integer('position').notNull(),
  matter: json<PracticeMatter>('matter').notNull(),
  /** The action that experienced moderators would take, the rule and the reason. */
  action: text('action').notNull(),
  rule: text('rule'),
  why: text('why').notNull(),
});

/** A moderator's answers in practice; only the latest answer to a case is kept. */
export const practiceAnswers = table(
  'practice_answers',
  {
    caseId: belongsTo('case_id', () => practiceCases.id),
    moderatorId: belongsTo('moderator_id', () => users.id),
    action: text('action').notNull(),
    rule: text('rule'),
    answeredAt: moment('answered_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.moderatorId] }),
    index('practice_answers_moderator').on(t.moderatorId),
  ],
);
