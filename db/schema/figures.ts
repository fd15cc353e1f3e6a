import { index, integer, primaryKey, table, text } from '../dialect';
import { belongsTo, flagColumn, moment } from './columns';
import { type SaidBy, threads } from './conversation';
import { keyPoints } from './evidence';

/*
 * Kept figures: what lists, tables of people and rankings would otherwise count anew from all posts.
 * All of it follows from other tables. A change of those marks a subject in `staleFigures`, by
 * triggers (`db/figure-triggers.ts`); before the transaction ends, the figures of the marked subjects
 * are brought up to date (app/domain/ops/kept-figures.ts). See decision 66.
 */

/** Every thread as lists order and describe it. */
export const threadFigures = table(
  'thread_figures',
  {
    threadId: text('thread_id')
      .primaryKey()
      .references(() => threads.id, { onDelete: 'cascade' }),
    /** Whether everybody may open it: `publicThread` of app/domain/forum/visibility. */
    isPublic: flagColumn('is_public').notNull(),
    isPinned: flagColumn('is_pinned').notNull(),
    /** Visible posts without the opening one, their authors, and the countries they name. */
    answers: integer('answers').notNull(),
    people: integer('people').notNull(),
    countries: integer('countries').notNull(),
    /** All authors, and everyone who said "I face this too" of a post. */
    voices: integer('voices').notNull(),
    /** The same as in `threads`, so that one index has all that a list is ordered by. */
    activeAt: moment('active_at').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    index('thread_figures_latest').on(t.isPublic, t.isPinned, t.activeAt, t.threadId),
    index('thread_figures_new').on(t.isPublic, t.createdAt, t.threadId),
    index('thread_figures_top').on(t.isPublic, t.voices, t.activeAt, t.threadId),
    index('thread_figures_unanswered').on(t.isPublic, t.answers, t.createdAt, t.threadId),
  ],
);

/** What the visible posts of a public thread name: `place:011`, `place:NG`, `industry:P`, `language:en`. */
export const threadFacets = table(
  'thread_facets',
  {
    facet: text('facet').notNull(),
    threadId: belongsTo('thread_id', () => threads.id),
  },
  (t) => [
    primaryKey({ columns: [t.facet, t.threadId] }),
    index('thread_facets_thread').on(t.threadId),
  ],
);

/**
 * Every public report, once for each kind that it names: with an empty `pillar`, and again with each of
 * its pillars.
 */
export const countedReports = table(
  'counted_reports',
  {
    personId: text('person_id').notNull(),
    postId: text('post_id').notNull(),
    kind: text('kind').notNull(),
    pillar: text('pillar').notNull(),
    saidBy: text('said_by').$type<SaidBy>().notNull(),
    /** The country; the region if none was given; empty without either. */
    place: text('place').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.postId, t.kind, t.pillar] }),
    // Covers what counts the people of any time.
    index('counted_reports_newest').on(
      ...([t.pillar, t.createdAt, t.postId, t.kind, t.personId, t.place] as const),
    ),
    index('counted_reports_place').on(t.pillar, t.place, t.createdAt, t.postId, t.kind),
  ],
);

/**
 * How many people and reports there are by topic (empty: of all), kind (empty: any), place and day (UTC,
 * counted from 1970; -1: ever). Each person counts on the day of their last report there, so that the
 * days since a moment add up to the people who reported since then, each once.
 */
export const reportDays = table(
  'report_days',
  {
    pillar: text('pillar').notNull(),
    kind: text('kind').notNull(),
    /** A place, `world`, or `011 unplaced` for what is not from a smaller place in it. */
    place: text('place').notNull(),
    day: integer('day').notNull(),
    people: integer('people').notNull(),
    reports: integer('reports').notNull(),
    /** For how many of the reports each named a kind. */
    byAuthor: integer('by_author').notNull(),
    byModerator: integer('by_moderator').notNull(),
    byImport: integer('by_import').notNull(),
    byMachine: integer('by_machine').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.pillar, t.place, t.kind, t.day] }),
    index('report_days_since').on(t.pillar, t.day, t.place, t.kind, t.people),
  ],
);

/** The public posts of key points. */
export const keyPointReports = table(
  'key_point_reports',
  {
    keyPointId: belongsTo('key_point_id', () => keyPoints.id),
    postId: text('post_id').notNull(),
    personId: text('person_id').notNull(),
    kind: text('kind').notNull(),
    place: text('place').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.keyPointId, t.postId] }),
    index('key_point_reports_newest').on(t.createdAt, t.keyPointId, t.personId, t.kind, t.place),
  ],
);

/** How many people reported a key point from a place (or `world`), and since when. */
export const keyPointPlaces = table(
  'key_point_places',
  {
    keyPointId: belongsTo('key_point_id', () => keyPoints.id),
    place: text('place').notNull(),
    kind: text('kind').notNull(),
    people: integer('people').notNull(),
    since: moment('since').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.keyPointId, t.place] }),
    index('key_point_places_most').on(t.place, t.people, t.since, t.keyPointId),
    index('key_point_places_kind').on(t.place, t.kind, t.people, t.since, t.keyPointId),
  ],
);

/** What kept figures are about. */
export type FigureSubject = 'thread' | 'person' | 'keyPoint';

/** Subjects whose figures a transaction has made out of date; empty between transactions. */
export const staleFigures = table(
  'stale_figures',
  {
    subject: text('subject').$type<FigureSubject>().notNull(),
    id: text('id').notNull(),
    /** The transaction that marked it last (`thisTransaction`); on SQLite there is only one at a time. */
    markedBy: text('marked_by').notNull().default(''),
  },
  (t) => [primaryKey({ columns: [t.subject, t.id] })],
);
