import { index, integer, primaryKey, table, text, uniqueIndex } from '../dialect';
import { belongsTo, flagColumn, id, json, moment, refersTo } from './columns';
import { posts } from './conversation';
import { users } from './people';

/** Digests, each of one scope and period. A published version is never changed. */
export const digests = table(
  'digests',
  {
    id: id().primaryKey(),
    scope: text('scope').notNull(),
    period: text('period').notNull(),
    /** The period: start inclusive, end exclusive, in UTC milliseconds. */
    periodStart: moment('period_start').notNull(),
    periodEnd: moment('period_end').notNull(),
    version: integer('version').notNull(),
    state: text('state').$type<'draft' | 'published'>().notNull(),
    /** A `DigestContent` of app/domain/digests; validated when it is read. */
    content: json<unknown>('content').notNull(),
    /** SHA-256 of the content's canonical JSON. */
    contentHash: text('content_hash').notNull(),
    builtAt: moment('built_at').notNull(),
    publishedAt: moment('published_at'),
    publishedById: text('published_by_id').references(() => users.id),
    /** The content as composed, before any editing, so that edits can be shown. */
    drafted: json<unknown>('drafted'),
    /** True if there are too few people for public counts; such a digest is not emailed. */
    thin: flagColumn('thin').notNull().default(false),
    /** The editor's signed note, as plain text. */
    note: text('note'),
    noteById: text('note_by_id').references(() => users.id),
    /** For a version issued because sources were withdrawn: the version it corrects. */
    corrects: integer('corrects'),
    /**
     * When the last of the quoted authors was told that it quotes them; it is emailed
     * `DIGEST_OBJECTION_HOURS` later at the earliest. Empty in digests that were published before
     * authors were told.
     */
    announcedAt: moment('announced_at'),
    /**
     * What the community called its kinds and the digest's pillar when it was published: `TermNames`
     * of app/platform/community. Empty in digests from before, which say what they are called now.
     */
    termNames: json<unknown>('term_names'),
    /** What moderators did at quotes to protect people: `Press[]` of app/domain/digests. Private. */
    presses: json<unknown>('presses'),
    /** Time of the last check of its sources for errata; empty if a check is due. */
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
 * Sources of a published version that were withdrawn, and when. Pages check sources at each view;
 * this table is the record, and includes sources that became public again.
 */
export const digestErrata = table(
  'digest_errata',
  {
    digestId: belongsTo('digest_id', () => digests.id),
    postId: refersTo('post_id', () => posts.id),
    cause: text('cause').$type<ErratumCause>().notNull(),
    withdrawnAt: moment('withdrawn_at').notNull(),
    restoredAt: moment('restored_at'),
  },
  (t) => [
    primaryKey({ columns: [t.digestId, t.postId] }),
    index('digest_errata_post').on(t.postId),
  ],
);

/** The quotes of a digest whose authors were told of them before it was emailed. */
export const digestAnnouncements = table(
  'digest_announcements',
  {
    digestId: belongsTo('digest_id', () => digests.id),
    /** The quote, by post, start and end: `ID:120-180`. */
    quote: text('quote').notNull(),
    postId: refersTo('post_id', () => posts.id),
    /** When its author was told, by this digest or an earlier one with the same quote. */
    toldAt: moment('told_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.digestId, t.quote] }),
    index('digest_announcements_post').on(t.postId),
  ],
);

/** An author's objections to how a digest quotes them: one per post and digest. */
export const digestDisputes = table(
  'digest_disputes',
  {
    id: id().primaryKey(),
    digestId: belongsTo('digest_id', () => digests.id),
    postId: refersTo('post_id', () => posts.id),
    authorId: belongsTo('author_id', () => users.id),
    body: text('body').notNull(),
    state: text('state').$type<'open' | 'accepted' | 'declined'>().notNull(),
    /** The moderators' answer. */
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
 * Proposals for a draft, in an interface language: by a language model, or taken from a person's
 * translation of the quoted post. Only moderators see them
 * until one is approved; it is then copied into the digest's content.
 */
export const digestProposals = table(
  'digest_proposals',
  {
    id: id().primaryKey(),
    digestId: belongsTo('digest_id', () => digests.id),
    /** The quote that is translated; empty if the original is a computed sentence. */
    quote: text('quote'),
    /** An interface language, BCP 47. */
    language: text('language').notNull(),
    /** The exact original text, and its SHA-256. */
    original: text('original').notNull(),
    originalHash: text('original_hash').notNull(),
    /** Empty if `unfaithful`: it changed a number or a name, or was no plain sentence. */
    text: text('text').notNull(),
    /** The language model that wrote it; '' for a person. */
    model: text('model').notNull(),
    /** The translation of the quoted post, by a person, that it is taken from. */
    translationId: text('translation_id'),
    state: text('state').$type<'proposed' | 'approved' | 'rejected' | 'unfaithful'>().notNull(),
    createdAt: moment('created_at').notNull(),
    /** The moderator who decided; for moderators only, because a digest outlives accounts. */
    decidedById: text('decided_by_id').references(() => users.id),
    decidedAt: moment('decided_at'),
  },
  (t) => [uniqueIndex('digest_proposals_once').on(t.digestId, t.language, t.originalHash)],
);

/** The drafts that the schedule creates for a period that has ended, and the state of each. */
export const digestPlans = table(
  'digest_plans',
  {
    period: text('period').notNull(),
    scope: text('scope').notNull(),
    /** `kept`: a draft or digest already existed; `thin`: too few people for a digest. */
    state: text('state').$type<'due' | 'drafted' | 'kept' | 'thin'>().notNull(),
    changedAt: moment('changed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.period, t.scope] }),
    index('digest_plans_state').on(t.state, t.changedAt),
  ],
);

/** The posts that a digest uses, so that digests can be found when a post is hidden. */
export const digestSources = table(
  'digest_sources',
  {
    digestId: belongsTo('digest_id', () => digests.id),
    postId: refersTo('post_id', () => posts.id),
    /** True if the digest quotes the post; false if the post is only counted. */
    quoted: flagColumn('quoted').notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.digestId, t.postId] }),
    index('digest_sources_post').on(t.postId),
  ],
);

/**
 * An email subscriber without an account. Tokens in the emails are signed, so none is stored. When
 * the person unsubscribes for good, the email address is erased; the row is kept without it, so
 * that links in old emails still work.
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
    subscriptionId: belongsTo('subscription_id', () => subscriptions.id),
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
    subscriptionId: belongsTo('subscription_id', () => subscriptions.id),
    pillar: text('pillar').notNull(),
  },
  (t) => [primaryKey({ columns: [t.subscriptionId, t.pillar] })],
);

/** Digests sent to subscribers; written in the same transaction as the outgoing email. */
export const deliveries = table(
  'deliveries',
  {
    subscriptionId: belongsTo('subscription_id', () => subscriptions.id),
    digestId: refersTo('digest_id', () => digests.id),
    mailId: text('mail_id').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.subscriptionId, t.digestId] }),
    index('deliveries_mail').on(t.mailId),
  ],
);
