/**
 * Compiles and runs a program of this folder: `node bench/run.mjs bench`, `node bench/run.mjs soak
 * 50`.
 */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../app/cli/prepare.mjs';

const [program = 'bench', ...rest] = process.argv.slice(2);
const outfile = fileURLToPath(new URL(`../build/${program}.js`, import.meta.url));
await build({
  absWorkingDir: root,
  entryPoints: [`bench/${program}.ts`],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  packages: 'external',
  sourcemap: true,
  alias: { '~': `${root}app`, '~db': `${root}db` },
  logLevel: 'warning',
});
process.argv = [process.argv[0], outfile, ...rest];
await import(pathToFileURL(outfile).href);
