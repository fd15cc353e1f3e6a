import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { ON_POSTGRES } from './tests/support/on-postgres.mjs';

/** The server of PostgreSQL that `npm test` has started; without one the tests on it are left out. */
const postgres = process.env.TEST_POSTGRES;

/** Tests that stand beside what they test: no build, no database template, no server. */
const unit = {
  extends: true as const,
  test: { name: 'unit', include: ['{app,db,tools}/**/*.test.{ts,tsx}'] },
};

const sqlite = {
  extends: true as const,
  test: {
    name: 'sqlite',
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/support/sqlite-template.ts',
  },
};

export default defineConfig({
  resolve: {
    alias: {
      '~': fileURLToPath(new URL('./app', import.meta.url)),
      '~db': fileURLToPath(new URL('./db', import.meta.url)),
    },
  },
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // To load the product anew for each file takes longer than most files. What is tested is opened
    // anew for each: database, server, clock.
    isolate: false,
    // The built program is Node's to load, once for all files of a process.
    server: { deps: { external: [/\/build\//] } },
    projects: postgres
      ? [
          unit,
          sqlite,
          {
            extends: true as const,
            test: {
              name: 'postgres',
              ...ON_POSTGRES,
              globalSetup: 'tests/support/postgres-template.ts',
              // The schema takes its dialect from this when it is loaded.
              env: { DATABASE_URL: postgres },
            },
          },
        ]
      : [unit, sqlite],
  },
});
