/** `npm start`: serves the built product. */
// A demonstration has a file of its own, whatever database the site is on; the schema is loaded for it.
if (process.argv.includes('--demo')) delete process.env.DATABASE_URL;
await import('../../build/serve.js');
