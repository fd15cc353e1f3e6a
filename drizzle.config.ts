import { defineConfig } from 'drizzle-kit';
import { DIALECT } from '~db/dialect';

/** `npm run generate` runs this once for each dialect; the schema is written for the one of the run. */
export default defineConfig({
  dialect: DIALECT,
  schema: './db/schema/index.ts',
  out: `./db/migrations/${DIALECT}`,
});
