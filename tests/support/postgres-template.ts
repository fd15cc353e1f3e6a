import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import pg from 'pg';
import build from './build';

/** The empty database with the newest schema that is copied for every test. */
export const TEMPLATE = 'causeway_template';

/** Vitest's global set-up for the tests on PostgreSQL. */
export async function setup() {
  build();
  const server = new URL(process.env.TEST_POSTGRES ?? '');
  const client = new pg.Client({ connectionString: server.href });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${TEMPLATE}`);
  await client.query(`CREATE DATABASE ${TEMPLATE}`);
  await client.end();
  server.pathname = TEMPLATE;
  execFileSync(process.execPath, [join(process.cwd(), 'build/causeway.js'), 'migrate'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DATABASE_URL: server.href },
  });
}
