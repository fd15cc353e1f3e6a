import { boolean, type Column, integer, json as jsonColumn, text } from '../dialect';

/** A time in UTC milliseconds; a plain number in both databases. */
export const moment = (name: string) => integer(name);

/** A ULID (sortable), or the original id of an imported row. */
export const id = (name = 'id') => text(name);

export const flagColumn = (name: string) => boolean(name);

/** A JSON document. */
export const json = <T>(name: string) => jsonColumn(name).$type<T>();

/** The row that this one is about, and must not be deleted before. */
export const refersTo = (name: string, column: () => Column) =>
  text(name).notNull().references(column);

/** The row that this one is part of: it is deleted with it. */
export const belongsTo = (name: string, column: () => Column) =>
  text(name).notNull().references(column, { onDelete: 'cascade' });
