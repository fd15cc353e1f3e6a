import { fileURLToPath } from 'node:url';
import { DIALECT } from '~db/dialect';

/** The built programs are in `build/`, one folder below the project root. */
const root = new URL('../', import.meta.url);

export const MIGRATIONS = fileURLToPath(new URL(`db/migrations/${DIALECT}`, root));
/** The migrations that `copy` runs on its target. */
export const postgresMigrations = fileURLToPath(new URL('db/migrations/postgresql', root));
export const ASSETS = fileURLToPath(new URL('build/client', root));
/** What `build` writes of all that it was made from: another one is another program. */
export const PROGRAM = new URL('build/.fingerprint', root);
export const MARKDOWN_WORKER = new URL('build/markdown-worker.js', root);
/** An invented conversation with labels: shown by the demo and used by `evaluate`. */
export const DEMO = fileURLToPath(new URL('db/seed/demo', root));
/** More labelled texts for `evaluate`. */
export const EVALUATION_SETS = fileURLToPath(new URL('tools/evaluation/sets', root));
/** What `evaluate --learn` writes. */
export const LEXICON = fileURLToPath(new URL('db/seed/lexicon', root));
/** What `messages` exchanges with translators. */
export const MESSAGES = fileURLToPath(new URL('app/platform/i18n/messages', root));
