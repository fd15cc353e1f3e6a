import { getTableColumns, getTableName } from 'drizzle-orm';
import type { Column, Table } from './dialect';
import * as schema from './schema';

/*
 * The one place that says which change of the data makes which stored page old. A page is stored
 * with the tags of what it read (`db/tracked-reads.ts`); triggers give a tag a new version when a
 * row that it stands for changes (`db/cache-tag-triggers.ts`), whoever changes it.
 *
 * Deny by default: the name of a table is the tag of all its rows, and what reads a table depends
 * on that tag. Only reads that say they are narrower depend on less. A new table does not compile
 * before it stands here; `{}` is always right.
 */

/** Narrower than a table: what is in one thread, who is in one group, how people are shown … */
export type NarrowTag = `thread:${string}` | `group:${string}` | 'people' | 'questions';
/** What narrow tags of one sort have in common: the part before the colon. */
type Scope = 'thread' | 'group' | 'people' | 'questions';

export type Event = 'insert' | 'update' | 'delete';

/**
 * A query for the tags, as the column `tag`, that a row also stands for before (`old`) or after an
 * event (`new`). Null where it stands for none.
 */
type TagsOf = (row: 'old' | 'new', event: Event) => string | null;

type Rule = Partial<Record<Scope, TagsOf>>;

type Tables = typeof schema;
export type TableKey = {
  [Key in keyof Tables]: Tables[Key] extends Table ? Key : never;
}[keyof Tables];

const { barrierGroups, barrierGroupPosts, threads, posts, users } = schema;

/** The thread of the post that a column names. */
const threadOf =
  (postId: Column): TagsOf =>
  (row) =>
    `select 'thread:' || thread_id as tag from posts where id = ${row}.${postId.name}`;

const own =
  (scope: 'thread' | 'group', id: Column): TagsOf =>
  (row) =>
    `select '${scope}:' || ${row}.${id.name} as tag`;

/** What of people no page shows, so that its changes are nothing to how they are shown. */
const UNSEEN: readonly (keyof typeof users.$inferSelect)[] = [
  ...(['email', 'emailKey', 'passwordHash', 'confirmedAt', 'secondFactorFrom'] as const),
  ...(['handleSkeleton', 'language', 'timeZone', 'theme'] as const),
];

/** People who are there already: whoever is new has not written anything yet. */
const people: TagsOf = (row, event) => {
  if (event !== 'update' || row !== 'new') return null;
  const { id: _, ...columns } = getTableColumns(users);
  for (const name of UNSEEN) delete columns[name as keyof typeof columns];
  const changed = Object.values(columns).map(
    ({ name }) => `old.${name} is distinct from new.${name}`,
  );
  return `select 'people' as tag where old.id = new.id and (${changed.join(' or ')})`;
};

/** For each table what its changes bump besides its own tag; null where no page shows it. */
export const RULES: Record<TableKey, Rule | null> = {
  // What a thread shows
  threads: {
    thread: own('thread', threads.id),
    questions: (row) => `select 'questions' as tag where ${row}.question_number is not null`,
  },
  threadPillars: { thread: own('thread', schema.threadPillars.threadId) },
  posts: {
    thread: own('thread', posts.threadId),
    group: (row) =>
      `select 'group:' || group_id as tag from barrier_group_posts where post_id = ${row}.id`,
    questions: (row) =>
      `select 'questions' as tag from threads
       where id = ${row}.thread_id and question_number is not null`,
  },
  postBarriers: { thread: threadOf(schema.postBarriers.postId) },
  postPillars: { thread: threadOf(schema.postPillars.postId) },
  meToos: { thread: threadOf(schema.meToos.postId) },
  barrierGroups: { group: own('group', barrierGroups.id) },
  barrierGroupPosts: {
    thread: threadOf(barrierGroupPosts.postId),
    group: own('group', barrierGroupPosts.groupId),
  },
  users: { people },

  // What other pages show
  barrierActs: {},
  barrierSetAside: {},
  cases: {},
  caseCauses: {},
  decisions: {},
  appeals: {},
  digests: {},
  digestErrata: {},
  digestDisputes: {},
  digestSources: {},
  erasures: {},
  flags: {},
  legalNotices: {},
  modTalks: {},
  modMessages: {},
  patterns: {},
  personNotes: {},
  postRevisions: {},
  practiceCases: {},
  practiceAnswers: {},
  searchEntries: {},
  settings: {},
  signals: {},
  textPrints: {},

  // What no page for visitors reads: one that does is not stored
  addressChanges: null,
  attempts: null,
  authenticators: null,
  bookmarks: null,
  cacheTags: null,
  deliveries: null,
  digestPlans: null,
  digestProposals: null,
  drafts: null,
  follows: null,
  jobs: null,
  limits: null,
  mails: null,
  mailTokens: null,
  notifications: null,
  passkeys: null,
  readingChoices: null,
  readMarks: null,
  recoveryCodes: null,
  sessions: null,
  submissions: null,
  subscriptionPillars: null,
  subscriptions: null,
  subscriptionScopes: null,
  suppressions: null,
  threadWatches: null,
  waitingPosts: null,
};

/** The tag of everything: it has a new version after each change that any tag stands for. */
export const EVERYTHING = '*';

export function scopeOf(tag: NarrowTag): Scope {
  return tag.split(':', 1)[0] as Scope;
}

const TABLES: Record<TableKey, Table> = schema;

/** What the database calls a table. */
export function tableName(key: TableKey): string {
  return getTableName(TABLES[key]);
}
