import { index, integer, primaryKey, table, text, uniqueIndex } from '../dialect';
import { flagColumn, id, json, moment } from './columns';
import { posts } from './conversation';
import { users } from './people';

/** Digests of a scope and a period. A published version is never rewritten. */
export const digests = table(
  'digests',
  {
    id: id().primaryKey(),
    scope: text('scope').notNull(),
    period: text('period').notNull(),
    /** The period as half-open UTC milliseconds. */
    periodStart: moment('period_start').notNull(),
    periodEnd: moment('period_end').notNull(),
    version: integer('version').notNull(),
    state: text('state').$type<'draft' | 'published'>().notNull(),
    /** A `DigestContent` of the domain; checked where it is read. */
    content: json<unknown>('content').notNull(),
    /** SHA-256 of the content's canonical JSON. */
    contentHash: text('content_hash').notNull(),
    builtAt: moment('built_at').notNull(),
    publishedAt: moment('published_at'),
    publishedById: text('published_by_id').references(() => users.id),
    /** The content as it was composed, before anybody edited it: what was changed can be told. */
    drafted: json<unknown>('drafted'),
    /** Too few people to be counted in public, so that nobody is mailed it. */
    thin: flagColumn('thin').notNull().default(false),
    /** What an editor says in their own name, as plain text. */
    note: text('note'),
    noteById: text('note_by_id').references(() => users.id),
    /** For a version that was issued by itself because sources were withdrawn: the one it corrects. */
    corrects: integer('corrects'),
    /** When its sources were last checked for errata; empty asks for a check. */
    checkedAt: moment('checked_at'),
  },
  (t) => [
    uniqueIndex('digests_version').on(t.scope, t.period, t.version),
    index('digests_published').on(t.state, t.publishedAt),
    index('digests_checked').on(t.state, t.checkedAt),
  ],
);

export type ErratumCause = 'hidden' | 'deleted' | 'edited' | 'disputed';

/**
 * Sources that were withdrawn from a published version, and when. What a page shows is decided at
 * each view; this remembers it, also for sources that came back.
 */
export const digestErrata = table(
  'digest_errata',
  {
    digestId: text('digest_id')
      .notNull()
      .references(() => digests.id, { onDelete: 'cascade' }),
    postId: text('post_id')
      .notNull()
      .references(() => posts.id),
    cause: text('cause').$type<ErratumCause>().notNull(),
    withdrawnAt: moment('withdrawn_at').notNull(),
    restoredAt: moment('restored_at'),
  },
  (t) => [
    primaryKey({ columns: [t.digestId, t.postId] }),
    index('digest_errata_post').on(t.postId),
  ],
);

/** What an author objects to in how a digest quotes them: one for each post and digest. */
export const digestDisputes = table(
  'digest_disputes',
  {
    id: id().primaryKey(),
    digestId: text('digest_id')
      .notNull()
      .references(() => digests.id, { onDelete: 'cascade' }),
    postId: text('post_id')
      .notNull()
      .references(() => posts.id),
    authorId: text('author_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    body: text('body').notNull(),
    state: text('state').$type<'open' | 'accepted' | 'declined'>().notNull(),
    /** What the moderators answer. */
    answer: text('answer'),
    createdAt: moment('created_at').notNull(),
    decidedAt: moment('decided_at'),
  },
  (t) => [
    uniqueIndex('digest_disputes_once').on(t.digestId, t.postId),
    index('digest_disputes_post').on(t.postId),
  ],
);

/**
 * What a language model proposed for a draft, in an interface language: shown to nobody but
 * moderators until one of them approves it. It lives on in the digest's content then.
 */
export const digestProposals = table(
  'digest_proposals',
  {
    id: id().primaryKey(),
    digestId: text('digest_id')
      .notNull()
      .references(() => digests.id, { onDelete: 'cascade' }),
    /** The quote that is translated; empty for a computed sentence. */
    quote: text('quote'),
    /** An interface language, BCP 47. */
    language: text('language').notNull(),
    /** What it stands for, word for word, and its SHA-256. */
    original: text('original').notNull(),
    originalHash: text('original_hash').notNull(),
    /** Empty where it was `unfaithful`: it changed a number or a name, or was no plain sentence. */
    text: text('text').notNull(),
    model: text('model').notNull(),
    state: text('state').$type<'proposed' | 'approved' | 'rejected' | 'unfaithful'>().notNull(),
    createdAt: moment('created_at').notNull(),
    /** Who approved or rejected it: for moderators, since a digest stands longer than an account. */
    decidedById: text('decided_by_id').references(() => users.id),
    decidedAt: moment('decided_at'),
  },
  (t) => [uniqueIndex('digest_proposals_once').on(t.digestId, t.language, t.originalHash)],
);

/** Which drafts the schedule makes of a period that is over, and what became of each. */
export const digestPlans = table(
  'digest_plans',
  {
    period: text('period').notNull(),
    scope: text('scope').notNull(),
    /** `kept`: there was a draft or a digest already; `thin`: too few people to digest. */
    state: text('state').$type<'due' | 'drafted' | 'kept' | 'thin'>().notNull(),
    changedAt: moment('changed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.period, t.scope] }),
    index('digest_plans_state').on(t.state, t.changedAt),
  ],
);

/** Which posts a digest rests on, so that a hidden post finds the digests that used it. */
export const digestSources = table(
  'digest_sources',
  {
    digestId: text('digest_id')
      .notNull()
      .references(() => digests.id, { onDelete: 'cascade' }),
    postId: text('post_id')
      .notNull()
      .references(() => posts.id),
    /** Its words stand in the digest; the others are only counted. */
    quoted: flagColumn('quoted').notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.digestId, t.postId] }),
    index('digest_sources_post').on(t.postId),
  ],
);

/**
 * A reader without an account. Tokens in its mails are signed, so none is stored. The address
 * is erased when its owner leaves: without one there is nothing to write to, and the row is
 * kept only so that the links in old mails go on answering.
 */
export const subscriptions = table(
  'subscriptions',
  {
    id: id().primaryKey(),
    email: text('email'),
    emailKey: text('email_key'),
    language: text('language').notNull(),
    frequency: text('frequency').$type<'weekly' | 'monthly'>().notNull(),
    state: text('state').$type<'pending' | 'active' | 'left'>().notNull(),
    createdAt: moment('created_at').notNull(),
    confirmedAt: moment('confirmed_at'),
    leftAt: moment('left_at'),
  },
  (t) => [
    uniqueIndex('subscriptions_email').on(t.emailKey),
    index('subscriptions_state').on(t.state, t.createdAt),
  ],
);

export const subscriptionScopes = table(
  'subscription_scopes',
  {
    subscriptionId: text('subscription_id')
      .notNull()
      .references(() => subscriptions.id, { onDelete: 'cascade' }),
    scope: text('scope').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.subscriptionId, t.scope] }),
    index('subscription_scopes_scope').on(t.scope),
  ],
);

export const subscriptionPillars = table(
  'subscription_pillars',
  {
    subscriptionId: text('subscription_id')
      .notNull()
      .references(() => subscriptions.id, { onDelete: 'cascade' }),
    pillar: text('pillar').notNull(),
  },
  (t) => [primaryKey({ columns: [t.subscriptionId, t.pillar] })],
);

/** Which digest went to whom: written in the transaction that puts the mail in the outbox. */
export const deliveries = table(
  'deliveries',
  {
    subscriptionId: text('subscription_id')
      .notNull()
      .references(() => subscriptions.id, { onDelete: 'cascade' }),
    digestId: text('digest_id')
      .notNull()
      .references(() => digests.id),
    mailId: text('mail_id').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.subscriptionId, t.digestId] }),
    index('deliveries_mail').on(t.mailId),
  ],
);
