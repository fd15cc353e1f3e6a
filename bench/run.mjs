/**
 * Compiles and runs a program of this folder: `node bench/run.mjs bench`, `node bench/run.mjs soak
 * 50`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../app/cli/prepare.mjs';

/** Vite's `import.meta.glob`, by which a language finds its messages. */
const messages = {
  name: 'messages',
  setup(build) {
    build.onLoad({ filter: /messages[\\/]\w+[\\/]index\.ts$/ }, ({ path }) => {
      const names = readdirSync(dirname(path)).filter((name) => name.endsWith('.json'));
      const imports = names.map((name, n) => `import m${n} from './${name}';\n`).join('');
      const list = `[${names.map((_, n) => `m${n}`)}]`;
      const source = readFileSync(path, 'utf8').replace(/import\.meta\.glob\([^)]*\)/, list);
      return { contents: imports + source, loader: 'ts', resolveDir: dirname(path) };
    });
  },
};

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
  plugins: [messages],
  logLevel: 'warning',
});
process.argv = [process.argv[0], outfile, ...rest];
await import(pathToFileURL(outfile).href);
