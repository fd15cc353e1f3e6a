import { RULES, type TableKey, tableName } from './cache-tags';

/*
 * The triggers that bump cache tags, made from the rules. They stand in the database and not in the
 * program, so that no statement, cascade or program can change a row without them.
 */

/** The triggers and functions that are made here begin with this. */
export const PREFIX = 'cache_tags_';

const tables = (Object.keys(RULES) as TableKey[]).filter((key) => RULES[key] !== null);

/** Queries for the tags that a change of a table bumps, given which states of the row there are. */
function tagsOf(key: TableKey, rows: readonly ('old' | 'new')[]): string[] {
  const narrow = Object.values(RULES[key]?.tags ?? {});
  const queries = rows.flatMap((row) => narrow.map((tagsOf) => tagsOf(row)));
  return [`select '${tableName(key)}' as tag`, ...queries];
}

/** `update of` the columns that change how people are shown. */
function peopleEvents(): { table: string; event: string }[] {
  return tables.flatMap((key) => {
    const columns = RULES[key]?.people;
    if (!columns) return [];
    const names = columns.map(({ name }) => name).join(', ');
    return { table: tableName(key), event: `update of ${names}` };
  });
}

const EVENTS = { insert: ['new'], update: ['old', 'new'], delete: ['old'] } as const;

/** For SQLite: one trigger for each event of each table. */
export function sqliteTriggers(): string[] {
  const trigger = (name: string, event: string, table: string, tags: string[]) =>
    `CREATE TRIGGER ${PREFIX}${name} after ${event} on ${table} begin
  insert into cache_tags (tag, version) values ('*', cast(unixepoch('subsec') * 1000000 as integer))
    on conflict (tag) do update set version = max(version + 1, excluded.version);
${tags.map(bump).join('\n')}
end`;
  const bump = (tags: string) =>
    `  insert into cache_tags (tag, version)
    select tag, (select version from cache_tags where tag = '*') from (${tags}) where true
    on conflict (tag) do update set version = excluded.version;`;
  return [
    ...tables.flatMap((key) =>
      Object.entries(EVENTS).map(([event, rows]) => {
        const table = tableName(key);
        return trigger(`${table}_${event}`, event, table, tagsOf(key, rows));
      }),
    ),
    ...peopleEvents().map(({ table, event }) =>
      trigger(`people_${table}`, event, table, ["select 'people' as tag"]),
    ),
  ];
}

/**
 * For PostgreSQL: statements to run one after the other. A transaction gives each tag a version
 * once, or the rows that it leaves behind would slow down whatever changes many.
 */
export function postgresTriggers(): string[] {
  const bump = `create or replace function ${PREFIX}bump(tags text[]) returns void
language plpgsql as $$
declare
  now bigint := nullif(current_setting('causeway.version', true), '')::bigint;
begin
  if now is null then
    insert into cache_tags (tag, version)
      values ('*', (extract(epoch from clock_timestamp()) * 1000000)::bigint)
      on conflict (tag) do update
        set version = greatest(cache_tags.version + 1, excluded.version)
      returning version into now;
    perform set_config('causeway.version', now::text, true);
  end if;
  insert into cache_tags (tag, version)
    select distinct tag, now from unnest(tags) as tag where tag is not null
    on conflict (tag) do update set version = excluded.version
    where cache_tags.version <> excluded.version;
end $$`;
  const trigger = (name: string, event: string, table: string, tags: string[]) => [
    `create or replace function ${PREFIX}${name}() returns trigger language plpgsql as $$
begin
  perform ${PREFIX}bump(array(${tags.join(' union ')}));
  return null;
end $$`,
    `create or replace trigger ${PREFIX}${name} after ${event} on ${table}
for each row execute function ${PREFIX}${name}()`,
  ];
  return [
    bump,
    ...tables.flatMap((key) => {
      const table = tableName(key);
      // The state that there is not (of a new row, the old one) has no values here.
      return trigger(table, Object.keys(EVENTS).join(' or '), table, tagsOf(key, ['old', 'new']));
    }),
    ...peopleEvents().flatMap(({ table, event }) =>
      trigger(`people_${table}`, event, table, ["select 'people' as tag"]),
    ),
  ];
}
