import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { requireSupportedNode } from './node.mjs';

/*
 * The server program. React reads NODE_ENV when it is first loaded, to choose between its
 * development and production code. The operator's value only affects the configuration, so it is
 * passed on separately.
 */
requireSupportedNode();
// Database, emails and backups are readable by this user only.
process.umask(0o077);
const environment = { ...process.env };
process.env.NODE_ENV = 'production';
// The next start finds the program compiled, where this folder can be written to.
module.enableCompileCache?.(fileURLToPath(new URL('.compiled', import.meta.url)));
const { runServer } = await import('./run-server');
await runServer(environment);
module.flushCompileCache?.();
