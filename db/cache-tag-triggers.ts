import { type Event, RULES, type TableKey, tableName } from './cache-tags';

/*
 * The triggers that bump cache tags, generated from `RULES`. They are in the database rather than
 * in the program, so that every statement, cascade or other program that changes a row also bumps
 * its tags.
 */

/** Prefix of the names of all triggers and functions created here. */
export const PREFIX = 'cache_tags_';

const TABLES = (Object.keys(RULES) as TableKey[]).filter((key) => RULES[key] !== null);

const ROWS = { insert: ['new'], update: ['old', 'new'], delete: ['old'] } as const;

/** Returns one SQL query for each narrow tag that this event in the table bumps. */
function tagsOf(key: TableKey, event: Event): string[] {
  const narrow = Object.values(RULES[key] ?? {});
  const queries = ROWS[event].flatMap((row) => narrow.flatMap((tags) => tags(row, event) ?? []));
  return [`select '${tableName(key)}' as tag`, ...queries];
}

/** SQLite: one trigger for each table and event. */
export function sqliteTriggers(): string[] {
  const bump = (tags: string) =>
    `  insert into cache_tags (tag, version)
    select tag, (select version from cache_tags where tag = '*') from (${tags}) where true
    on conflict (tag) do update set version = excluded.version;`;
  return TABLES.flatMap((key) =>
    (['insert', 'update', 'delete'] as const).map((event) => {
      const table = tableName(key);
      return `CREATE TRIGGER ${PREFIX}${table}_${event} after ${event} on ${table} begin
  insert into cache_tags (tag, version) values ('*', cast(unixepoch('subsec') * 1000000 as integer))
    on conflict (tag) do update set version = max(version + 1, excluded.version);
${tagsOf(key, event).map(bump).join('\n')}
end`;
    }),
  );
}

/**
 * PostgreSQL: statements to run in this order. Each tag gets a new version at most once per
 * transaction; otherwise the dead rows of repeated updates would slow down large changes.
 */
export function postgresTriggers(): string[] {
  const bump = `create function ${PREFIX}bump(tags text[]) returns void language plpgsql as $$
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
  const triggers = TABLES.flatMap((key) => {
    const table = tableName(key);
    return [
      // The old row is empty in an insert and the new row is empty in a delete; empty rows give no
      // tags.
      `create function ${PREFIX}${table}() returns trigger language plpgsql as $$
begin
  perform ${PREFIX}bump(array(${tagsOf(key, 'update').join(' union ')}));
  return null;
end $$`,
      `create trigger ${PREFIX}${table} after insert or update or delete on ${table}
for each row execute function ${PREFIX}${table}()`,
    ];
  });
  return [bump, ...triggers];
}
