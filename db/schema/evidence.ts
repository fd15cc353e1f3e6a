import { type Column, index, primaryKey, table, text } from '../dialect';
import { belongsTo, id, json, moment, refersTo } from './columns';
import { posts, type SaidBy } from './conversation';
import { digests } from './digests';
import { users } from './people';

/**
 * Key points: concrete barriers that a person confirmed, each of a kind and a region. A key point
 * is its posts; one that has none that readers may see is not shown. Rows are never deleted.
 */
export const keyPoints = table(
  'key_points',
  {
    id: id().primaryKey(),
    /** A kind of barrier. */
    kind: text('kind').notNull(),
    /** UN M49. */
    region: text('region').notNull(),
    /** The key point that took over the posts of this one; its address leads there. */
    mergedIntoId: text('merged_into_id').references((): Column => keyPoints.id),
    createdAt: moment('created_at').notNull(),
    /** Empty where it is not known any more. */
    createdById: text('created_by_id').references(() => users.id),
  },
  (t) => [
    index('key_points_region').on(t.region, t.createdAt),
    index('key_points_merged').on(t.mergedIntoId),
  ],
);

/** The posts of key points: a post is in at most one. */
export const keyPointPosts = table(
  'key_point_posts',
  {
    postId: text('post_id')
      .primaryKey()
      .references(() => posts.id, { onDelete: 'cascade' }),
    keyPointId: belongsTo('key_point_id', () => keyPoints.id),
    /** Who said that the post reports this barrier. */
    saidBy: text('said_by').$type<Extract<SaidBy, 'author' | 'moderator'>>().notNull(),
    addedById: text('added_by_id').references(() => users.id),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [index('key_point_posts_point').on(t.keyPointId)],
);

/** The title and the sentence of a key point in an interface language. */
export const keyPointTexts = table(
  'key_point_texts',
  {
    keyPointId: belongsTo('key_point_id', () => keyPoints.id),
    /** An interface language, BCP 47. */
    language: text('language').notNull(),
    /** At most 120 characters. */
    title: text('title').notNull(),
    /** At most 240 characters. */
    sentence: text('sentence').notNull(),
    /**
     * The fingerprint of the original that it translates: with another, it is out of date. Empty for
     * the original, and for words from before this was kept, until the original changes.
     */
    original: text('original'),
    proposedBy: text('proposed_by').$type<'person' | 'best-sentence' | 'model'>().notNull(),
    /** The language model that proposed it. */
    model: text('model'),
    /** The post whose words these are: without it they are not shown. */
    sourcePostId: text('source_post_id').references(() => posts.id, { onDelete: 'cascade' }),
    /** Who accepted it and when; until then it is shown as a proposal. */
    acceptedById: text('accepted_by_id').references(() => users.id),
    acceptedAt: moment('accepted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.keyPointId, t.language] }),
    index('key_point_texts_source').on(t.sourcePostId),
  ],
);

/**
 * What authors say of their own posts: the same barrier as another post. It is a proposal to
 * moderators and shown to nobody else.
 */
export const sameBarrierProposals = table(
  'same_barrier_proposals',
  {
    postId: text('post_id')
      .primaryKey()
      .references(() => posts.id, { onDelete: 'cascade' }),
    otherId: belongsTo('other_id', () => posts.id),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [index('same_barrier_proposals_other').on(t.otherId)],
);

export type KeyPointAct =
  | 'make'
  | 'add'
  | 'remove'
  | 'merge'
  | 'split'
  | 'rename'
  | 'accept'
  | 'kind'
  | 'not-a-barrier'
  | 'not-same'
  | 'edit'
  | 'undo';

/**
 * The history of key points: one row per act, never changed. `before` and `after` are the rows that
 * the act changed (`KeyPointState` of app/domain/barriers/key-points), so that it can be undone.
 */
export const keyPointActs = table(
  'key_point_acts',
  {
    id: id().primaryKey(),
    act: text('act').$type<KeyPointAct>().notNull(),
    /** Empty for what is said of a post that is in no key point. */
    keyPointId: text('key_point_id').references(() => keyPoints.id, { onDelete: 'cascade' }),
    /** The key point that was merged into it, or split from it. */
    otherId: text('other_id').references(() => keyPoints.id),
    personId: refersTo('person_id', () => users.id),
    before: json<unknown>('before').notNull(),
    after: json<unknown>('after').notNull(),
    /** The act that this one undoes. */
    undoes: text('undoes').references((): Column => keyPointActs.id),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    index('key_point_acts_point').on(t.keyPointId, t.createdAt),
    index('key_point_acts_other').on(t.otherId),
    index('key_point_acts_newest').on(t.createdAt, t.id),
    index('key_point_acts_undoes').on(t.undoes),
  ],
);

export type Stance = 'me-too' | 'not-here' | 'no-longer';

/** What people say of a key point for themselves: at most one stance each. */
export const keyPointStances = table(
  'key_point_stances',
  {
    keyPointId: belongsTo('key_point_id', () => keyPoints.id),
    userId: belongsTo('user_id', () => users.id),
    stance: text('stance').$type<Stance>().notNull(),
    /** The person's country at that time. */
    country: text('country'),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.keyPointId, t.userId] }),
    index('key_point_stances_user').on(t.userId),
  ],
);

/** The key points that a published digest names. */
export const digestKeyPoints = table(
  'digest_key_points',
  {
    digestId: belongsTo('digest_id', () => digests.id),
    keyPointId: belongsTo('key_point_id', () => keyPoints.id),
  },
  (t) => [
    primaryKey({ columns: [t.digestId, t.keyPointId] }),
    index('digest_key_points_point').on(t.keyPointId),
  ],
);
