import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Vitest's global set-up: the tests run against the production build, made anew if it is stale. */
export default function setup() {
  const prepare = fileURLToPath(new URL('../../app/cli/build.mjs', import.meta.url));
  execFileSync(process.execPath, [prepare, '--if-stale'], { stdio: 'inherit' });
}
