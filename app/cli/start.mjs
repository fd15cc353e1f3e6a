/** `npm start`: from a bare clone to a running site, with nothing done twice. */
import { prepare } from './prepare.mjs';

await prepare();
process.setSourceMapsEnabled(true);
await import('../../build/serve.js');
