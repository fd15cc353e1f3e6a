import { type Event, type TableKey, tableName } from './cache-tags';

/*
 * The triggers that mark whose kept figures a change makes out of date (`db/schema/figures.ts`). As
 * with cache tags, they are in the database, so that no statement, cascade or other program that
 * changes a row can forget to mark.
 */

/** Prefix of the names of all triggers and functions created here. */
export const FIGURES_PREFIX = 'figures_';

interface Marks {
  /** Queries of `subject` and `id`, for the row before or after an event. */
  of: (row: 'old' | 'new', event: Event) => string[];
  /** Updates of other columns change no figure. */
  columns: readonly string[];
}

const ROWS = { insert: ['new'], update: ['old', 'new'], delete: ['old'] } as const;

/** What is said of a post counts for its author and for its key point. */
const ofPost = (postId: string) => [
  `select 'person' as subject, author_id as id from posts where id = ${postId}`,
];
const threadOf = (postId: string) =>
  `select 'thread' as subject, thread_id as id from posts where id = ${postId}`;
const keyPoints = (where: string) =>
  `select 'keyPoint' as subject, key_point_id as id from key_point_posts where ${where}`;

const MARKS: Partial<Record<TableKey, Marks>> = {
  threads: {
    // A deleted one takes its figures along.
    of: (row, event) => (event === 'delete' ? [] : [`select 'thread' as subject, ${row}.id as id`]),
    columns: ['state', 'active_at', 'created_at', 'pinned_at', 'question_number'],
  },
  posts: {
    of: (row, event) => [
      `select 'thread' as subject, ${row}.thread_id as id`,
      // A new post names no kind yet; of a deleted one the kinds may be gone already.
      event === 'delete'
        ? `select 'person' as subject, ${row}.author_id as id`
        : `select 'person' as subject, ${row}.author_id as id
           where exists (select 1 from post_barriers where post_id = ${row}.id)`,
      keyPoints(`post_id = ${row}.id`),
    ],
    columns: [
      ...['state', 'thread_id', 'author_id', 'is_opening', 'country', 'region', 'industry'],
      ...['language', 'not_barrier', 'created_at'],
    ],
  },
  postBarriers: {
    of: (row) => ofPost(`${row}.post_id`),
    columns: ['post_id', 'kind', 'said_by'],
  },
  postPillars: { of: (row) => ofPost(`${row}.post_id`), columns: ['post_id', 'pillar'] },
  meToos: { of: (row) => [threadOf(`${row}.post_id`)], columns: ['post_id', 'user_id'] },
  keyPoints: {
    of: (row, event) =>
      event === 'delete' ? [] : [`select 'keyPoint' as subject, ${row}.id as id`],
    columns: ['kind'],
  },
  keyPointPosts: {
    of: (row) => [`select 'keyPoint' as subject, ${row}.key_point_id as id`],
    columns: ['post_id', 'key_point_id'],
  },
};

const TABLES = Object.entries(MARKS) as [TableKey, Marks][];

function queries({ of }: Marks, event: Event): string[] {
  return ROWS[event].flatMap((row) => of(row, event));
}

/** SQLite: one trigger for each table and event. */
export function sqliteFigureTriggers(): string[] {
  return TABLES.flatMap(([key, marks]) =>
    (['insert', 'update', 'delete'] as const).flatMap((event) => {
      const found = queries(marks, event);
      if (found.length === 0) return [];
      const table = tableName(key);
      const when = event === 'update' ? `update of ${marks.columns.join(', ')}` : event;
      return `CREATE TRIGGER ${FIGURES_PREFIX}${table}_${event} after ${when} on ${table} begin
${found.map((query) => `  insert into stale_figures (subject, id) select subject, id from (${query}) where true on conflict do nothing;`).join('\n')}
end`;
    }),
  );
}

/**
 * PostgreSQL: statements to run in this order. Whoever marks a subject that another transaction has marked
 * waits, by the primary key, until that has ended and its figures can be seen.
 */
export function postgresFigureTriggers(): string[] {
  return TABLES.flatMap(([key, marks]) => {
    const table = tableName(key);
    const branch = (event: Event) => {
      const found = queries(marks, event);
      if (found.length === 0) return '';
      return `  if tg_op = '${event.toUpperCase()}' then
    insert into stale_figures (subject, id, marked_by)
      select subject, id, pg_current_xact_id()::text from (${found.join(' union ')}) as marked
      on conflict (subject, id) do update set marked_by = excluded.marked_by
      where stale_figures.marked_by <> excluded.marked_by;
  end if;`;
    };
    return [
      `create function ${FIGURES_PREFIX}${table}() returns trigger language plpgsql as $$
begin
${(['insert', 'update', 'delete'] as const).map(branch).filter(Boolean).join('\n')}
  return null;
end $$`,
      `create trigger ${FIGURES_PREFIX}${table}
after insert or delete or update of ${marks.columns.join(', ')} on ${table}
for each row execute function ${FIGURES_PREFIX}${table}()`,
    ];
  });
}
