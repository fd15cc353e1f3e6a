import { DIALECT } from '~db/dialect';
import { postgresEngine } from './postgres-engine';
import type { SearchEngine } from './search-engine';
import { sqliteEngine } from './sqlite-engine';

/** The engine of the database that this runs on. */
export const engine: SearchEngine = DIALECT === 'postgresql' ? postgresEngine : sqliteEngine;
