import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type SQL, sql } from 'drizzle-orm';
import pg from 'pg';
import { inject } from 'vitest';
import type { Db } from '~db/client';
import { DIALECT } from '~db/dialect';
import { databaseFile } from '~db/file';
import { TEMPLATE } from './postgres-template';

/** The database of one tested installation. */
export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/**
 * Creates an empty database with the newest schema, of the kind that this run tests; the caller
 * provides the folder for an SQLite file.
 */
export async function createDatabase(folder: string): Promise<TestDatabase> {
  if (DIALECT === 'sqlite') {
    const file = join(folder, 'causeway.db');
    copyFileSync(inject('sqliteTemplate'), file);
    return { url: `file:${file}`, drop: async () => undefined };
  }
  return createOnServer(`TEMPLATE ${TEMPLATE} STRATEGY FILE_COPY`);
}

/** The same, to be copied for many tests: it is removed when all have ended. */
export function createTemplate(): Promise<TestDatabase> {
  const beside = () => mkdtempSync(join(dirname(inject('sqliteTemplate')), 'template-'));
  return createDatabase(DIALECT === 'sqlite' ? beside() : '');
}

/** Creates a database without tables, of the kind that this run tests. */
export async function createEmptyDatabase(folder: string): Promise<TestDatabase> {
  if (DIALECT === 'postgresql') return createOnServer('');
  return { url: `file:${join(folder, 'causeway.db')}`, drop: async () => undefined };
}

/** Copies a database that nothing has open; an SQLite file by default to one beside it. */
export async function copyDatabase({ url }: TestDatabase, to?: string): Promise<TestDatabase> {
  if (DIALECT === 'sqlite') {
    const copy = to ?? `${databaseFile(url)}-${randomUUID()}.db`;
    copyFileSync(databaseFile(url), copy);
    return { url: `file:${copy}`, drop: async () => undefined };
  }
  return createOnServer(`TEMPLATE ${new URL(url).pathname.slice(1)} STRATEGY FILE_COPY`);
}

async function createOnServer(template: string): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(`CREATE DATABASE ${name} ${template}`);
  const url = serverUrl();
  url.pathname = name;
  return { url: url.href, drop: () => onServer(`DROP DATABASE ${name} WITH (FORCE)`) };
}

/** Runs a query written as SQL on a database of either kind. */
export async function rowsOf(db: Db, query: string): Promise<unknown[]> {
  const own = db as unknown as Record<'execute' | 'all', (query: SQL) => Promise<unknown>>;
  if (DIALECT === 'sqlite') return (await own.all(sql.raw(query))) as unknown[];
  return ((await own.execute(sql.raw(query))) as { rows: unknown[] }).rows;
}

function serverUrl(): URL {
  return new URL(process.env.TEST_POSTGRES ?? '');
}

let server: Promise<pg.Client> | undefined;

/** Connecting takes longer than creating a database, so each process of the tests connects once. */
async function onServer(statement: string): Promise<void> {
  server ??= connect();
  await (await server).query(statement);
}

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: serverUrl().href });
  await client.connect();
  return client;
}
