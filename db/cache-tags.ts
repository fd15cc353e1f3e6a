import { getTableName } from 'drizzle-orm';
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

/** A query for the tags, as the column `tag`, that a changed row also stands for. */
type TagsOf = (row: 'old' | 'new') => string;

interface Rule {
  tags?: Partial<Record<Exclude<Scope, 'people'>, TagsOf>>;
  /** Changes of these columns of existing rows bump `people`. */
  people?: readonly Column[];
}

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

/** For each table what its changes bump besides its own tag; null where no page shows it. */
export const RULES: Record<TableKey, Rule | null> = {
  // What a thread shows
  threads: {
    tags: {
      thread: own('thread', threads.id),
      questions: (row) => `select 'questions' as tag where ${row}.question_number is not null`,
    },
  },
  threadPillars: { tags: { thread: own('thread', schema.threadPillars.threadId) } },
  posts: {
    tags: {
      thread: own('thread', posts.threadId),
      group: (row) =>
        `select 'group:' || group_id as tag from barrier_group_posts where post_id = ${row}.id`,
      questions: (row) =>
        `select 'questions' as tag from threads
         where id = ${row}.thread_id and question_number is not null`,
    },
  },
  postBarriers: { tags: { thread: threadOf(schema.postBarriers.postId) } },
  postPillars: { tags: { thread: threadOf(schema.postPillars.postId) } },
  meToos: { tags: { thread: threadOf(schema.meToos.postId) } },
  barrierGroups: { tags: { group: own('group', barrierGroups.id) } },
  barrierGroupPosts: {
    tags: {
      thread: threadOf(barrierGroupPosts.postId),
      group: own('group', barrierGroupPosts.groupId),
    },
  },
  users: { people: [users.handle, users.name, users.erasedAt] },

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

/** Whether changes of a table bump the narrow tags of a scope. */
export function isInScope(table: TableKey, scope: Scope): boolean {
  const rule = RULES[table];
  return scope === 'people' ? rule?.people !== undefined : rule?.tags?.[scope] !== undefined;
}

const TABLES: Record<TableKey, Table> = schema;

/** What the database calls a table. */
export function tableName(key: TableKey): string {
  return getTableName(TABLES[key]);
}
