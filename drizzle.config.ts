import { defineConfig } from 'drizzle-kit';
import { DIALECT } from '~db/dialect';

/** `npm run generate` runs this once for each dialect; each run loads the schema in its dialect. */
export default defineConfig({
  dialect: DIALECT,
  schema: './db/schema/index.ts',
  out: `./db/migrations/${DIALECT}`,
});
