import { randomUUID } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { DIALECT } from '~db/dialect';
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
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} STRATEGY FILE_COPY`);
  const url = serverUrl();
  url.pathname = name;
  return { url: url.href, drop: () => onServer(`DROP DATABASE ${name} WITH (FORCE)`) };
}

function serverUrl(): URL {
  return new URL(process.env.TEST_POSTGRES ?? '');
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl().href });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
