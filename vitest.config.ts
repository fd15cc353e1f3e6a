import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { ON_POSTGRES } from './tests/support/on-postgres.mjs';

/** The PostgreSQL server started by `npm test`; without it the tests on PostgreSQL are left out. */
const postgres = process.env.TEST_POSTGRES;

/** Fails a test file whose servers logged a secret or an address. */
const NO_SECRETS = 'tests/support/no-secrets-in-logs.ts';

/** Tests beside the code they test: no build, no database template, no server. */
const unit = {
  extends: true as const,
  test: { name: 'unit', include: ['{app,db,tools}/**/*.test.{ts,tsx}'] },
};

const sqlite = {
  extends: true as const,
  test: {
    name: 'sqlite',
    include: ['tests/**/*.test.ts'],
    setupFiles: NO_SECRETS,
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
    // Far from UTC, so that a time shown in the zone of the server is a wrong one.
    env: { TZ: 'Pacific/Kiritimati' },
    // Loading the product for each file would take longer than most test files. Each file creates
    // its own database, server and clock.
    isolate: false,
    // Node loads the built program, once for all files of a process.
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
              setupFiles: NO_SECRETS,
              globalSetup: 'tests/support/postgres-template.ts',
              // The schema reads its dialect from this when it is loaded.
              env: { DATABASE_URL: postgres },
            },
          },
        ]
      : [unit, sqlite],
  },
});
