import { integer, text } from 'drizzle-orm/sqlite-core';

/** A moment in UTC milliseconds; a plain number on every dialect. */
export const moment = (name: string) => integer(name);

/** A sortable identifier (ULID) or, for imported rows, the identifier they came with. */
export const id = (name = 'id') => text(name);

export const flagColumn = (name: string) => integer(name, { mode: 'boolean' });

/** A JSON document; `jsonb` on PostgreSQL. */
export const json = <T>(name: string) => text(name, { mode: 'json' }).$type<T>();
