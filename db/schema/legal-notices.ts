import { index, table, text } from '../dialect';
import { flagColumn, id, moment, refersTo } from './columns';
import { posts } from './conversation';
import { cases } from './moderation';
import { users } from './people';

/**
 * Notices of illegal content (DSA, Article 16); anyone may send one. Name and email address may be
 * missing only if the content concerns the sexual abuse of children.
 */
export const legalNotices = table(
  'legal_notices',
  {
    id: id().primaryKey(),
    postId: refersTo('post_id', () => posts.id),
    caseId: refersTo('case_id', () => cases.id),
    /** The URL of the content, as typed. */
    location: text('location').notNull(),
    explanation: text('explanation').notNull(),
    name: text('name'),
    email: text('email'),
    /** The user, if the sender was logged in. */
    userId: text('user_id').references(() => users.id),
    /** BCP 47 tag: language of the page the notice was sent from and of the emails about it. */
    language: text('language').notNull(),
    goodFaith: flagColumn('good_faith').notNull(),
    createdAt: moment('created_at').notNull(),
    /** Time of the decision; the sender is emailed then if an email address was given. */
    decidedAt: moment('decided_at'),
  },
  (t) => [index('legal_notices_case').on(t.caseId), index('legal_notices_created').on(t.createdAt)],
);
