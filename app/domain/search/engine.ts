import { DIALECT } from '~db/dialect';
import { postgresEngine } from './postgres-engine';
import type { SearchEngine } from './search-engine';
import { sqliteEngine } from './sqlite-engine';

/** The search engine for this process's database. */
export const engine: SearchEngine = DIALECT === 'postgresql' ? postgresEngine : sqliteEngine;
