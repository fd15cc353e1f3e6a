/** `npm start`: serves the built product. */
// A demo has its own SQLite file, whatever database the site uses; the schema's dialect is chosen
// from this variable.
if (process.argv.includes('--demo')) delete process.env.DATABASE_URL;
await import('../../build/serve.js');
