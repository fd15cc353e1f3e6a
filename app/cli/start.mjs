/** `npm start`: from a bare clone to a running site, with nothing done twice. */
import { prepare } from './prepare.mjs';

await prepare();
// A demonstration has a file of its own, whatever database the site is on; the schema is loaded for it.
if (process.argv.includes('--demo')) delete process.env.DATABASE_URL;
process.setSourceMapsEnabled(true);
await import('../../build/serve.js');
