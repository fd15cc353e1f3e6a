import { type Column, index, integer, primaryKey, table, text, uniqueIndex } from '../dialect';
import { belongsTo, flagColumn, id, json, moment, refersTo } from './columns';
import { users } from './people';

export type ThreadState = 'draft' | 'open' | 'locked' | 'hidden';
export type PostState = 'visible' | 'held' | 'hidden' | 'deleted';

/** Who said what a post is about: its author, a moderator, the file it was imported from, a program. */
export const SAID_BY = ['author', 'moderator', 'import', 'machine'] as const;

export type SaidBy = (typeof SAID_BY)[number];

/** A draft is for moderators only; a closed one can be read, but takes no posts. */
export type ConversationState = 'draft' | 'open' | 'closed';

/** A pillar that a blog post names; `slug` is the community's pillar that it means, if any. */
export interface BroughtPillar {
  name: string;
  description: string;
  slug: string | null;
}

/** A glossary term that a blog post explains. */
export interface BroughtTerm {
  term: string;
  definition: string;
}

/**
 * Conversations: one blog post each, and what it opened. Its questions are the threads that name
 * it. `sourceKey` is the fingerprint of the title, so that one post never makes two conversations.
 */
export const conversations = table(
  'conversations',
  {
    id: id().primaryKey(),
    slug: text('slug').notNull(),
    sourceKey: text('source_key').notNull(),
    title: text('title').notNull(),
    /** The URL of the blog post. */
    link: text('link'),
    author: text('author'),
    language: text('language').notNull(),
    /** When the blog post appeared, `YYYY-MM-DD`. */
    date: text('date'),
    summaryPoints: json<string[]>('summary_points').notNull(),
    /** Plain text; an empty line separates its paragraphs. */
    introduction: text('introduction'),
    pillars: json<BroughtPillar[]>('pillars').notNull(),
    glossary: json<BroughtTerm[]>('glossary').notNull(),
    state: text('state').$type<ConversationState>().notNull(),
    /** The window in which it takes posts; empty: at once, and until someone closes it. */
    opensAt: moment('opens_at'),
    closesAt: moment('closes_at'),
    createdAt: moment('created_at').notNull(),
    /** Since when it has been public. */
    openedAt: moment('opened_at'),
    /** Since when it has been closed. */
    closedAt: moment('closed_at'),
    /** Since when a draft has been deleted: administrators can take that back. */
    deletedAt: moment('deleted_at'),
  },
  (t) => [
    uniqueIndex('conversations_slug').on(t.slug),
    uniqueIndex('conversations_source_key').on(t.sourceKey),
    index('conversations_opened').on(t.state, t.openedAt),
  ],
);

/**
 * Threads. Those made from the questions of a blog post belong to its conversation: `sourceKey` is
 * the fingerprint of the question, so that it never makes two threads there, and `questionNumber` is
 * its number in the blog post, from 1.
 */
export const threads = table(
  'threads',
  {
    id: id().primaryKey(),
    slug: text('slug').notNull(),
    title: text('title').notNull(),
    state: text('state').$type<ThreadState>().notNull(),
    language: text('language').notNull(),
    authorId: refersTo('author_id', () => users.id),
    conversationId: text('conversation_id').references((): Column => conversations.id),
    sourceKey: text('source_key'),
    sourceUrl: text('source_url'),
    questionNumber: integer('question_number'),
    createdAt: moment('created_at').notNull(),
    /** Time of the newest visible post. */
    activeAt: moment('active_at').notNull(),
    /** Since when the thread is pinned above the others. */
    pinnedAt: moment('pinned_at'),
    /** Slow mode: minimum minutes between two posts of a person, and when slow mode ends. */
    slowMinutes: integer('slow_minutes'),
    slowUntil: moment('slow_until'),
    /** The thread that this thread's posts were moved to; this thread's URL redirects there. */
    mergedInto: text('merged_into').references((): Column => threads.id),
  },
  (t) => [
    uniqueIndex('threads_slug').on(t.slug),
    uniqueIndex('threads_question').on(t.conversationId, t.sourceKey),
    index('threads_source_key').on(t.sourceKey),
    index('threads_active').on(t.state, t.activeAt),
    index('threads_created').on(t.state, t.createdAt),
  ],
);

export const threadPillars = table(
  'thread_pillars',
  {
    threadId: belongsTo('thread_id', () => threads.id),
    pillar: text('pillar').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.threadId, t.pillar] }),
    index('thread_pillars_pillar').on(t.pillar),
  ],
);

/**
 * The fields of a post besides its text: `app/domain/forum/posts/post-fields.ts` describes each
 * column. Fields with several values have their own table, such as `postBarriers`.
 */
export const postDetailColumns = {
  country: text('country'),
  region: text('region'),
  industry: text('industry'),
  impact: integer('impact'),
  /**
   * The place that the author gave, where the post is about another one. `country` and `region` are
   * then empty, so that whatever counts by place counts it nowhere.
   */
  writtenFrom: text('written_from'),
  notBarrier: text('not_barrier').$type<Extract<SaidBy, 'author' | 'moderator'>>(),
};

/**
 * Posts: the opening post of a thread, contributions (`parentId` empty) and replies under a
 * contribution (`parentId` is the contribution, `replyToId` the post that was replied to). `html`
 * is rendered once, when the text is saved. `region` is the M49 code that the author chose, or the
 * region of the chosen country; both are the place that the post is about.
 */
export const posts = table(
  'posts',
  {
    id: id().primaryKey(),
    threadId: refersTo('thread_id', () => threads.id),
    authorId: refersTo('author_id', () => users.id),
    isOpening: flagColumn('is_opening').notNull().default(false),
    parentId: text('parent_id').references((): Column => posts.id),
    replyToId: text('reply_to_id').references((): Column => posts.id),
    state: text('state').$type<PostState>().notNull(),
    body: text('body').notNull(),
    html: text('html').notNull(),
    excerpt: text('excerpt').notNull(),
    language: text('language').notNull(),
    ...postDetailColumns,
    revision: integer('revision').notNull().default(1),
    createdAt: moment('created_at').notNull(),
    /** Time at which the post first became public: for a held post, when it was approved. */
    shownAt: moment('shown_at'),
    editedAt: moment('edited_at'),
    importedAt: moment('imported_at'),
    /** When its author deleted it, and its state before; the text is purged 30 days later. */
    deletedAt: moment('deleted_at'),
    deletedFrom: text('deleted_from').$type<PostState>(),
    /** The earlier post that reports the same barrier; the two count as one. */
    duplicateOf: text('duplicate_of').references((): Column => posts.id),
    /** When it was said that the post reports no barrier; `notBarrier` says by whom. */
    notBarrierAt: moment('not_barrier_at'),
  },
  (t) => [
    index('posts_thread').on(t.threadId, t.parentId, t.createdAt),
    // Covers what is counted of a thread.
    index('posts_in_thread').on(
      ...([t.threadId, t.isOpening, t.state, t.authorId] as const),
      ...([t.country, t.region, t.industry, t.language] as const),
    ),
    index('posts_region').on(t.region, t.createdAt),
    index('posts_author').on(t.authorId, t.createdAt),
    index('posts_created').on(t.createdAt),
    index('posts_state').on(t.state, t.createdAt),
    index('posts_language').on(t.language, t.state),
  ],
);

/** The kinds of barrier that a post reports, each with who named it. */
export const postBarriers = table(
  'post_barriers',
  {
    postId: belongsTo('post_id', () => posts.id),
    kind: text('kind').notNull(),
    saidBy: text('said_by').$type<SaidBy>().notNull(),
    /** The moderator who named it; empty where it was not a moderator, or was one of another site. */
    personId: text('person_id').references(() => users.id),
  },
  (t) => [primaryKey({ columns: [t.postId, t.kind] }), index('post_barriers_kind').on(t.kind)],
);

export const postPillars = table(
  'post_pillars',
  {
    postId: belongsTo('post_id', () => posts.id),
    pillar: text('pillar').notNull(),
  },
  (t) => [primaryKey({ columns: [t.postId, t.pillar] })],
);

/** "I face this too": at most one per person and post, with the person's country at that time. */
export const meToos = table(
  'me_toos',
  {
    postId: belongsTo('post_id', () => posts.id),
    userId: belongsTo('user_id', () => users.id),
    country: text('country'),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.postId, t.userId] }), index('me_toos_user').on(t.userId)],
);

/** Submitted forms, by the `key` in each form: the same form twice creates one post. */
export const submissions = table('submissions', {
  key: id('key').primaryKey(),
  /** The URL that the first submission was redirected to. */
  location: text('location').notNull(),
  createdAt: moment('created_at').notNull(),
});
