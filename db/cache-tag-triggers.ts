import { type Event, RULES, type TableKey, tableName } from './cache-tags';
import { VERSIONS } from './postgres-locks';

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

/** In this setting of its transaction, a write of this program collects the tags that it changes. */
const TAGS = `'causeway.tags'`;

/** More than what a write of a post changes: a transaction with more gets its version at once. */
const LONGEST_COLLECTED = 10_000;

/** Said at the beginning of a transaction that ends with `SETTLE_TAGS`. */
export const COLLECT_TAGS = `SELECT set_config(${TAGS}, e'\\n', true)`;

/** Gives the collected tags their version: the last that a transaction does before its `COMMIT`. */
export const SETTLE_TAGS = `SELECT ${PREFIX}settle()`;

/**
 * PostgreSQL: statements to run in this order. A transaction gets its version under a lock that it keeps
 * until it has ended, so that versions are in the order of the commits: writes of this program at their very
 * end, so that they do not wait there for each other, and other programs with their first change. Each tag gets
 * it once in a transaction; otherwise the dead rows of repeated updates would slow down large changes.
 */
export function postgresTriggers(): string[] {
  const store = `create function ${PREFIX}store(tags text[]) returns void language plpgsql as $$
declare
  now bigint := nullif(current_setting('causeway.version', true), '')::bigint;
begin
  if now is null then
    perform pg_advisory_xact_lock(${VERSIONS});
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
  const settle = `create function ${PREFIX}settle() returns void language plpgsql as $$
declare
  known text := coalesce(current_setting(${TAGS}, true), '');
begin
  if length(known) > 1 then
    perform ${PREFIX}store(string_to_array(btrim(known, e'\\n'), e'\\n'));
  end if;
  perform set_config(${TAGS}, '', true);
end $$`;
  const bump = `create function ${PREFIX}bump(tags text[]) returns void language plpgsql as $$
declare
  known text := coalesce(current_setting(${TAGS}, true), '');
  length_before int := length(known);
  tag text;
begin
  if known = '' then
    perform ${PREFIX}store(tags);
    return;
  end if;
  foreach tag in array tags loop
    if position(e'\\n' || tag || e'\\n' in known) = 0 then
      known := known || tag || e'\\n';
    end if;
  end loop;
  if length(known) = length_before then
    return;
  end if;
  perform set_config(${TAGS}, known, true);
  if length(known) > ${LONGEST_COLLECTED} then
    perform ${PREFIX}settle();
  end if;
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
  return [store, settle, bump, ...triggers];
}
