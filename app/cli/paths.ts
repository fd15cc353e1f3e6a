import { fileURLToPath } from 'node:url';
import { DIALECT } from '~db/dialect';

/** The built programs run from `build/`, one folder below the project. */
const root = new URL('../', import.meta.url);

export const MIGRATIONS = fileURLToPath(new URL(`db/migrations/${DIALECT}`, root));
/** What `copy` brings its target to. */
export const postgresMigrations = fileURLToPath(new URL('db/migrations/postgresql', root));
export const ASSETS = fileURLToPath(new URL('build/client', root));
/** They import all others by names that carry their hashes. */
export const PROGRAM = ['build/server.js', 'build/routes.js'].map((name) => new URL(name, root));
export const MARKDOWN_WORKER = new URL('build/markdown-worker.js', root);
/** An invented conversation with its labels: the demo shows it, `evaluate` measures on it. */
export const DEMO = fileURLToPath(new URL('db/seed/demo', root));
/** More labelled text for `evaluate`. */
export const EVALUATION_SETS = fileURLToPath(new URL('tools/evaluation/sets', root));
