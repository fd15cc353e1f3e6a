import { boolean, integer, json as jsonColumn, text } from '../dialect';

/** A moment in UTC milliseconds; a plain number on every dialect. */
export const moment = (name: string) => integer(name);

/** A sortable identifier (ULID) or, for imported rows, the identifier they came with. */
export const id = (name = 'id') => text(name);

export const flagColumn = (name: string) => boolean(name);

/** A JSON document. */
export const json = <T>(name: string) => jsonColumn(name).$type<T>();
