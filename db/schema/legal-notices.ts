import { index, table, text } from '../dialect';
import { flagColumn, id, moment } from './columns';
import { posts } from './conversation';
import { cases } from './moderation';
import { users } from './people';

/**
 * Notices of illegal content (DSA, Article 16), by whoever sends one. Name and address may be
 * missing only where the content concerns the sexual abuse of children.
 */
export const legalNotices = table(
  'legal_notices',
  {
    id: id().primaryKey(),
    postId: text('post_id')
      .notNull()
      .references(() => posts.id),
    caseId: text('case_id')
      .notNull()
      .references(() => cases.id),
    /** The address as it was typed. */
    location: text('location').notNull(),
    explanation: text('explanation').notNull(),
    name: text('name'),
    email: text('email'),
    /** Whoever was logged in. */
    userId: text('user_id').references(() => users.id),
    /** BCP 47, of the page it was sent from and of the mails about it. */
    language: text('language').notNull(),
    goodFaith: flagColumn('good_faith').notNull(),
    createdAt: moment('created_at').notNull(),
    /** When its outcome was known, and told where there is an address. */
    decidedAt: moment('decided_at'),
  },
  (t) => [index('legal_notices_case').on(t.caseId), index('legal_notices_created').on(t.createdAt)],
);
