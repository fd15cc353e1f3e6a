import { getTableColumns, getTableName } from 'drizzle-orm';
import { type Column, monthOf, type Table } from './dialect';
import * as schema from './schema';

/*
 * The one place that says which data changes make which stored pages stale. A page is stored with
 * the tags of what it read (`db/tracked-reads.ts`). Triggers give a tag a new version when one of
 * its rows changes, whatever made the change (`db/cache-tag-triggers.ts`).
 *
 * The default is safe: the name of a table is the tag of all its rows, and a page that reads a
 * table depends on that tag. Only reads that declare a narrower scope depend on less. A new table
 * does not compile until it has a rule here; `{}` is always a correct rule.
 */

/**
 * Tags of less than a table: a thread, a key point, the reports of a month (UTC, `2026-10`), public
 * details of people, the questions.
 */
export type NarrowTag =
  | `thread:${string}`
  | `keyPoint:${string}`
  | `reports:${string}`
  | 'people'
  | 'questions';
/** The type of a narrow tag: the part before the colon. */
type Scope = 'thread' | 'keyPoint' | 'reports' | 'people' | 'questions';

export type Event = 'insert' | 'update' | 'delete';

/** An SQL query of `tag`: the additional tags of a row before or after an event. */
type TagsOf = (row: 'old' | 'new', event: Event) => string | null;

type Rule = Partial<Record<Scope, TagsOf>>;

type Tables = typeof schema;
export type TableKey = {
  [Key in keyof Tables]: Tables[Key] extends Table ? Key : never;
}[keyof Tables];

const { keyPointPosts, threads, posts, users } = schema;

/** The thread of the post whose id is in this column. */
const threadOf =
  (postId: Column): TagsOf =>
  (row) =>
    `select 'thread:' || thread_id as tag from posts where id = ${row}.${postId.name}`;

const own =
  (scope: 'thread' | 'keyPoint', id: Column): TagsOf =>
  (row) =>
    `select '${scope}:' || ${row}.${id.name} as tag`;

/** The month in which a report was written. */
const monthOfReport =
  (createdAt: Column): TagsOf =>
  (row) =>
    `select 'reports:' || ${monthOf(`${row}.${createdAt.name}`)} as tag`;

/** Columns of `users` that no page shows. Changing them does not bump the tag `people`. */
const UNSEEN: readonly (keyof typeof users.$inferSelect)[] = [
  ...(['email', 'emailKey', 'mailboxKey', 'passwordHash', 'confirmedAt'] as const),
  'secondFactorFrom',
  ...([
    'handleSkeleton',
    'handleLook',
    'nameLook',
    'language',
    'reads',
    'timeZone',
    'theme',
  ] as const),
];

/** Only updates: a new user has not written anything yet, so no stored page shows them. */
const people: TagsOf = (row, event) => {
  if (event !== 'update' || row !== 'new') return null;
  const { id: _, ...columns } = getTableColumns(users);
  for (const name of UNSEEN) delete columns[name as keyof typeof columns];
  const changed = Object.values(columns).map(
    ({ name }) => `old.${name} is distinct from new.${name}`,
  );
  return `select 'people' as tag where old.id = new.id and (${changed.join(' or ')})`;
};

/** For each table, the tags that its changes bump besides its own; null if no page shows it. */
export const RULES: Record<TableKey, Rule | null> = {
  // Shown on thread pages
  threads: {
    thread: own('thread', threads.id),
    questions: (row) => `select 'questions' as tag where ${row}.question_number is not null`,
  },
  threadPillars: { thread: own('thread', schema.threadPillars.threadId) },
  posts: {
    thread: own('thread', posts.threadId),
    keyPoint: (row) =>
      `select 'keyPoint:' || key_point_id as tag from key_point_posts where post_id = ${row}.id`,
    questions: (row) =>
      `select 'questions' as tag from threads
       where id = ${row}.thread_id and question_number is not null`,
  },
  postBarriers: { thread: threadOf(schema.postBarriers.postId) },
  postPillars: { thread: threadOf(schema.postPillars.postId) },
  meToos: { thread: threadOf(schema.meToos.postId) },
  postRevisions: { thread: threadOf(schema.postRevisions.postId) },
  postTranslations: { thread: threadOf(schema.postTranslations.postId) },
  keyPoints: {
    // One that is merged into another is shown there.
    keyPoint: (row) =>
      `select 'keyPoint:' || ${row}.id as tag
       union select 'keyPoint:' || ${row}.merged_into_id where ${row}.merged_into_id is not null`,
  },
  keyPointPosts: {
    thread: threadOf(keyPointPosts.postId),
    keyPoint: own('keyPoint', keyPointPosts.keyPointId),
  },
  keyPointTexts: { keyPoint: own('keyPoint', schema.keyPointTexts.keyPointId) },
  keyPointStances: { keyPoint: own('keyPoint', schema.keyPointStances.keyPointId) },
  users: { people },
  threadFigures: { thread: own('thread', schema.threadFigures.threadId) },

  // Shown on other pages
  conversations: {},
  cases: {},
  caseCauses: {},
  communityChanges: {},
  decisions: {},
  appeals: {},
  digests: {},
  digestErrata: {},
  digestKeyPoints: {},
  digestDisputes: {},
  digestSources: {},
  erasures: {},
  flags: {},
  countedReports: { reports: monthOfReport(schema.countedReports.createdAt) },
  reportDays: {},
  threadFacets: {},
  keyPointActs: {},
  keyPointPlaces: {},
  keyPointReports: { reports: monthOfReport(schema.keyPointReports.createdAt) },
  legalNotices: {},
  modConversations: {},
  modMessages: {},
  patterns: {},
  personNotes: {},
  practiceCases: {},
  practiceAnswers: {},
  searchEntries: {},
  settings: {},
  signals: {},
  textPrints: {},
  // Every page depends on these; see `versionOfTables`.
  cueWords: {},
  siteSettings: {},
  terms: {},
  termTexts: {},
  translations: {},

  // Not read by any page that is stored: pages that read these tables are never cached
  addressChanges: null,
  attempts: null,
  authenticators: null,
  bookmarks: null,
  cacheTags: null,
  deliveries: null,
  digestAnnouncements: null,
  digestPlans: null,
  digestProposals: null,
  drafts: null,
  follows: null,
  invitations: null,
  invitationUses: null,
  jobs: null,
  limits: null,
  mailRefusals: null,
  mails: null,
  mailTokens: null,
  notifications: null,
  passkeys: null,
  readingChoices: null,
  readMarks: null,
  recoveryCodes: null,
  sameBarrierProposals: null,
  sessions: null,
  staleFigures: null,
  settingChanges: null,
  submissions: null,
  subscriptionPillars: null,
  subscriptions: null,
  subscriptionScopes: null,
  suppressions: null,
  threadWatches: null,
  waitingPosts: null,
};

/** The tag that covers everything: it gets a new version after each change that bumps any tag. */
export const EVERYTHING = '*';

export function scopeOf(tag: NarrowTag): Scope {
  return tag.split(':', 1)[0] as Scope;
}

const TABLES: Record<TableKey, Table> = schema;

/** Returns the name of the table in the database. */
export function tableName(key: TableKey): string {
  return getTableName(TABLES[key]);
}
