/**
 * Builds the product where it is stale, compiles one of the programs of this folder and runs it:
 * `node bench/launch.mjs bench`, `node bench/launch.mjs soak 50`.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { prepare, root } from '../app/cli/prepare.mjs';

const [program = 'bench', ...rest] = process.argv.slice(2);
await prepare();
// Only now is the compiler sure to be installed.
const { build } = await import('esbuild');
const outfile = fileURLToPath(new URL(`../build/${program}.js`, import.meta.url));
await build({
  absWorkingDir: root,
  entryPoints: [`bench/${program}.ts`],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  sourcemap: true,
  alias: { '~': `${root}app`, '~db': `${root}db` },
  logLevel: 'warning',
});
const run = spawnSync(process.execPath, ['--enable-source-maps', outfile, ...rest], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(run.status ?? 1);
