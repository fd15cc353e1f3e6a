import { index, integer, primaryKey, table, text, uniqueIndex } from '../dialect';
import { id, json, moment } from './columns';
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
  },
  (t) => [
    uniqueIndex('digests_version').on(t.scope, t.period, t.version),
    index('digests_published').on(t.state, t.publishedAt),
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
