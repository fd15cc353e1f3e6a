import { getTableColumns, getTableName } from 'drizzle-orm';
import type { TableKey } from '~db/cache-tags';
import { getTableConfig, type Table } from '~db/dialect';
import { keyColumns, type WithFormer, withFormer } from '~db/former';
import * as schema from '~db/schema';
import { postDetailColumns } from '~db/schema/conversation';

/*
 * What people ended stays ended when a backup is restored. `ENDED_SINCE` says for every table what is
 * carried over from the database that was there (`former`) into the backup; a new table does not
 * compile until it is listed. docs/decisions/0053-restore.md tells why.
 */

/**
 * One kind of thing that is carried over. Table names without `former` are the backup's. SQLite and
 * PostgreSQL both understand the statements.
 */
interface Carried {
  /** For the operator, in the plural: "sessions". */
  what: string;
  /** One statement that changes the backup; `shared` are the columns that both databases have. */
  statement(table: Table, shared: ReadonlySet<string>): string;
}

/** The rows of the backup that are no longer there are deleted, if they meet `which` (of `b`). */
const gone = (what: string, which = 'true'): Carried => ({
  what,
  statement: (table) => {
    const name = getTableName(table);
    return `delete from ${name} as b where (${which})
      and not exists (select 1 from former.${name} f where ${sameKey(table)})`;
  },
});

/** Rows that are in both take over these columns, if they meet `which` (of `f`, former, and `b`). */
const changed = (what: string, columns: readonly string[], which = 'true'): Carried => ({
  what,
  statement: (table, shared) => {
    const name = getTableName(table);
    const own = columns.filter((column) => shared.has(column));
    const taken = own.map((column) => takenValue(table, column)).join(', ');
    return `update ${name} as b set (${own.join(', ')}) =
        (select ${taken} from former.${name} f where ${sameKey(table)})
      where exists (select 1 from former.${name} f
        where ${sameKey(table)} and (${differs(own)}) and (${which}))`;
  },
});

/** Rows that the backup does not have are added, if they meet `which` (of `f`) and fit into it. */
const added = (what: string, which = 'true'): Carried => ({
  what,
  statement: (table, shared) => {
    const name = getTableName(table);
    const columns = [...shared].map((column) => `"${column}"`).join(', ');
    const fits = referencesOf(table).map(
      ({ column, parent, key }) =>
        `(f.${column} is null or exists (select 1 from ${parent} p where p.${key} = f.${column}))`,
    );
    return `insert into ${name} (${columns})
      select ${columns} from former.${name} f where ${[`(${which})`, ...fits].join(' and ')}
      on conflict do nothing`;
  },
});

/** Columns of a post that hold what its author said. */
const WORDS = [
  ...['body', 'html', 'excerpt', 'language', 'revision', 'edited_at'],
  ...Object.keys(postDetailColumns).map(
    (key) => schema.posts[key as keyof typeof postDetailColumns].name,
  ),
];

/** What a person says of themselves and how they log in. */
const OWN_ACCOUNT = [
  ...[
    'email',
    'email_key',
    'password_hash',
    'second_factor_from',
    'name',
    'country',
    'language',
    'reads',
  ],
  ...['time_zone', 'theme', 'region_only', 'bio', 'suspended_until', 'silenced_until'],
];

/** The address that a subscription had was not subscribed again. */
const NOT_AGAIN = `not exists (select 1 from former.subscriptions again
  where again.state = 'active' and again.email_key = b.email_key)`;

/**
 * For each table what is carried over, in this order, or why nothing is: a text. "As in the backup"
 * is what a restore is for: the conversation and the work of moderators.
 */
export const ENDED_SINCE: Record<TableKey, readonly Carried[] | string> = {
  // People and how they log in
  users: [
    gone('sign-ups that expired', 'b.confirmed_at is null and b.email is not null'),
    changed('roles taken away', ['role'], "f.role = 'member' or b.role = 'administrator'"),
    // Two accounts may have exchanged an address.
    {
      what: '',
      statement: () =>
        `update users as b set email_key = null where exists (select 1 from former.users f
          where f.id = b.id and f.email_key is distinct from b.email_key and f.erased_at is null)`,
    },
    changed('accounts: emails, passwords, profiles', OWN_ACCOUNT, 'f.erased_at is null'),
  ],
  erasures: 'repeated with all that belongs to them: repeatErasures',
  sessions: [gone('sessions')],
  mailTokens: [gone('links by email'), changed('links by email, used', ['used_at'])],
  attempts: [gone('log-ins begun')],
  authenticators: [
    gone('authenticator apps'),
    changed('authenticator apps, replaced', ['secret', 'last_step', 'created_at', 'confirmed_at']),
    added('authenticator apps, set up'),
  ],
  recoveryCodes: [
    gone('recovery codes'),
    changed('recovery codes, used', ['used_at']),
    added('recovery codes, new'),
  ],
  passkeys: [
    gone('passkeys'),
    changed('passkeys, used', ['counter', 'used_at']),
    added('passkeys, set up'),
  ],
  addressChanges: [
    gone('changes of email'),
    changed('changes of email, confirmed or undone', ['confirmed_at', 'undo_until', 'undone_at']),
    added('changes of email, new'),
  ],

  invitations: [
    changed('invitations, revoked or ended', ['revoked_at', 'email']),
    added('invitations, new'),
  ],
  invitationUses: [added('invitations, used')],

  // What people wrote
  conversations: [
    changed(
      'conversations closed or made a draft',
      ['state', 'closed_at'],
      "f.state = 'closed' or f.state = 'draft'",
    ),
  ],
  threads: [
    changed(
      'threads hidden, locked or made a draft',
      ['state'],
      "f.state = 'hidden' or f.state = 'locked' or f.state = 'draft'",
    ),
  ],
  threadPillars: 'as in the backup',
  posts: [
    changed('posts edited or emptied', WORDS),
    changed(
      'posts withdrawn, hidden or waiting for a moderator',
      ['state', 'deleted_at', 'deleted_from'],
      "f.state <> 'visible'",
    ),
  ],
  postBarriers: [gone('kinds of barrier of a post')],
  postPillars: [gone('topics of a post')],
  postRevisions: [
    gone('former versions of posts'),
    changed(
      'former versions hidden',
      ['hidden_at', 'hidden_by', 'hidden_rule'],
      'f.hidden_at is not null',
    ),
  ],
  postTranslations: [
    gone('translations of posts that were erased'),
    changed(
      'translations of posts, removed',
      ['removed_at', 'removed_by_id'],
      'f.removed_at is not null',
    ),
  ],
  signals: [gone('signals of posts that were purged')],
  textPrints: [gone('fingerprints of posts that were purged')],
  meToos: [gone('"I face this too"')],
  keyPointStances: [gone('stances on key points'), changed('stances, changed', ['stance'])],
  keyPointPosts: [gone('posts taken out of key points')],
  keyPointTexts: [gone('titles of key points, removed')],
  keyPoints: 'as in the backup',
  sameBarrierProposals: [gone('proposals that two posts are the same')],
  keyPointActs: 'as in the backup',
  drafts: [gone('drafts')],
  waitingPosts: [gone('posts without an account'), changed('posts claimed', ['taken_at'])],
  submissions: 'as in the backup: the keys of forms that were sent',

  // What people chose
  bookmarks: [gone('bookmarks')],
  follows: [gone('followed topics and regions')],
  threadWatches: [
    gone('watched threads'),
    changed('watched threads, muted', ['state']),
    added('threads muted', "f.state = 'muted'"),
  ],
  readingChoices: [
    changed('notification settings', ['watch_own', 'mail', 'all_read_at']),
    added('notification settings, first made'),
  ],
  readMarks: 'as in the backup: how far people have read',
  notifications: [
    gone('notifications'),
    changed('notifications read or emailed', ['read_at', 'mail_id']),
  ],

  // Email
  subscriptions: [
    gone('subscriptions that expired', "b.state = 'pending'"),
    changed(
      'subscriptions',
      ['state', 'email', 'email_key', 'confirmed_at', 'left_at'],
      `f.state = 'left' and ${NOT_AGAIN}`,
    ),
    changed('subscriptions, how often', ['frequency', 'language'], "f.state = 'active'"),
  ],
  subscriptionScopes: [gone('subscribed places'), added('subscribed places, chosen')],
  subscriptionPillars: [gone('subscribed topics'), added('subscribed topics, chosen')],
  suppressions: [added('email addresses that get no email, and denied requests')],
  mails: [
    {
      what: 'emails that were sent or dropped',
      statement: () =>
        `delete from mails as b where b.sent_at is null and b.failed_at is null
          and not exists (select 1 from former.mails f
            where f.id = b.id and f.sent_at is null and f.failed_at is null)`,
    },
  ],
  mailRefusals: [
    changed('refused emails, email addresses erased', ['address_hash'], 'f.address_hash is null'),
    added('refused emails'),
  ],
  deliveries: [added('digests sent')],

  // Digests
  digests: 'as in the backup; which quotes are withdrawn follows from the posts',
  digestAnnouncements: [added('quotes whose authors were notified')],
  digestErrata: [added('quotes withdrawn')],
  digestDisputes: [
    changed('objections to quotes, decided', ['state', 'answer', 'decided_at']),
    added('objections to quotes'),
  ],
  digestKeyPoints: 'as in the backup',
  digestSources: 'as in the backup',
  digestProposals: 'as in the backup',
  digestPlans: 'as in the backup',

  // Moderators' work and letters
  legalNotices: [changed('senders of legal reports, erased', ['name', 'email'], 'f.email is null')],
  modConversations: [gone('messages with the moderators, erased')],
  modMessages: [gone('messages with the moderators, erased')],
  patterns: [
    changed('filters removed', ['retired_at', 'retired_by_id'], 'f.retired_at is not null'),
  ],
  cases: 'as in the backup',
  caseCauses: 'as in the backup',
  flags: 'as in the backup',
  decisions: 'as in the backup: they are append-only',
  appeals: 'as in the backup',
  personNotes: 'as in the backup',
  practiceCases: 'as in the backup',
  terms: 'as in the backup',
  termTexts: 'as in the backup',
  cueWords: 'as in the backup',
  communityChanges: 'as in the backup',
  translations: 'as in the backup',
  practiceAnswers: 'as in the backup',

  // The installation
  siteSettings: 'as in the backup',
  settingChanges: 'as in the backup',
  settings: [added('the secret that signs links in emails', "f.name = 'link-secret'")],
  jobs: 'as in the backup: jobs run when they are due',
  limits: 'as in the backup: they run out',
  searchEntries: 'follows from the posts',
  cacheTags: 'follows from all other tables',
  threadFigures: 'follows from the posts',
  threadFacets: 'follows from the posts',
  countedReports: 'follows from the posts',
  reportDays: 'follows from the posts',
  keyPointReports: 'follows from the posts',
  keyPointPlaces: 'follows from the posts',
  staleFigures: 'follows from the posts',
};

const TABLES: Record<TableKey, Table> = schema;

/** Tables whose rows are never deleted: a later state of a database has all of them. */
const NEVER_DELETED = ['threads', 'posts', 'decisions'];

export interface CarriedOver {
  /** How many rows of each kind were carried over, those above 0. */
  counts: { what: string; rows: number }[];
  /** Posts whose text or state is now another than in the backup. */
  posts: string[];
}

/**
 * Carries over what was ended since the backup, in one transaction. The backup is at the newest
 * schema, and the former database may be at another: only columns that both have are carried over.
 * @returns null if the former database is not a later state of the backup: it is older, or of
 *   another site, and knows nothing of what people ended
 * @throws as `withFormer` does
 */
export function carryOver(backup: string, former: string): Promise<CarriedOver | null> {
  return withFormer(backup, former, async (both) =>
    (await isLater(both)) ? carryAll(both) : null,
  );
}

async function carryAll(both: WithFormer): Promise<CarriedOver> {
  const posts = await both.all<{ id: string }>(
    `select b.id from posts b join former.posts f on f.id = b.id
     where ${differs(['body'])} or (f.state <> 'visible' and b.state <> f.state)`,
  );
  const counts: CarriedOver['counts'] = [];
  for (const [key, rule] of Object.entries(ENDED_SINCE)) {
    if (typeof rule === 'string') continue;
    const table = TABLES[key as TableKey];
    const theirs = both.formerColumns(table);
    const ours = Object.values(getTableColumns(table)).map(({ name }) => name);
    const shared = new Set(ours.filter((name) => theirs.has(name)));
    if (shared.size === 0) continue;
    for (const { what, statement } of rule) {
      const rows = await both.run(statement(table, shared));
      if (what && rows > 0) counts.push({ what, rows });
    }
  }
  return { counts, posts: posts.map(({ id }) => id) };
}

async function isLater({ all }: WithFormer): Promise<boolean> {
  const missing = NEVER_DELETED.map(
    (table) => `select 1 from ${table} b where not exists
      (select 1 from former.${table} f where f.id = b.id)`,
  );
  // The rows of people who have confirmed their address are kept, whatever becomes of them.
  const strangers = `select 1 from users b where b.confirmed_at is not null and not exists (
    select 1 from former.users f where f.id = b.id and f.created_at = b.created_at)`;
  for (const query of [...missing, strangers]) {
    if ((await all(`${query} limit 1`)).length > 0) return false;
  }
  return true;
}

/** Whether rows `b` and `f` differ in these columns. PostgreSQL compares no JSON, only its text. */
function differs(columns: readonly string[]): string {
  return columns
    .map((name) => `cast(b.${name} as text) is distinct from cast(f.${name} as text)`)
    .join(' or ');
}

function sameKey(table: Table): string {
  return keyColumns(table)
    .map((name) => `f.${name} = b.${name}`)
    .join(' and ');
}

function referencesOf(table: Table) {
  return getTableConfig(table).foreignKeys.flatMap((foreignKey) => {
    const { columns, foreignColumns, foreignTable } = foreignKey.reference();
    return columns.map(({ name }, at) => ({
      column: name,
      parent: getTableName(foreignTable),
      key: foreignColumns[at]?.name ?? 'id',
    }));
  });
}

/** A value of the former row; null if it refers to a row that the backup does not have. */
function takenValue(table: Table, column: string): string {
  const reference = referencesOf(table).find((one) => one.column === column);
  if (!reference) return `f.${column}`;
  const { parent, key } = reference;
  return `(select p.${key} from ${parent} p where p.${key} = f.${column})`;
}
