/**
 * Builds the product into `build/`: the routes (Remix, Vite), the programs that Node runs
 * (server, commands, Markdown worker; esbuild) and, for browsers, the style sheet and the few
 * scripts that a page cannot do without.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { BUILT, fingerprint, root } from './prepare.mjs';

const sources = fingerprint();
rmSync(BUILT, { force: true });

/*
 * The scripts for browsers stand in `app/ui/browser/`. Pages name them by `.browser/NAME.js?url`:
 * outside of `build/`, which the compiler empties first.
 */
const SCRIPTS = readdirSync(join(root, 'app/ui/browser')).map((name) => name.replace(/\.ts$/, ''));
await build({
  absWorkingDir: root,
  entryPoints: SCRIPTS.map((name) => `app/ui/browser/${name}.ts`),
  outdir: '.browser',
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  logLevel: 'warning',
});

const remix = spawnSync(
  process.execPath,
  [join(root, 'node_modules/@remix-run/dev/dist/cli.js'), 'vite:build', '--logLevel', 'error'],
  {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  },
);
if (remix.status !== 0) process.exit(remix.status ?? 1);

// The compiler also makes the scripts that would render pages in the browser: none is needed.
const assets = join(root, 'build/client/assets');
for (const name of readdirSync(assets)) {
  const ours = SCRIPTS.some((script) => name.startsWith(`${script}-`));
  if (name.endsWith('.js') && !ours) rmSync(join(assets, name));
}

// What is served over and over is compressed here, once and as well as can be: `app/server/assets.ts`.
const served = readdirSync(join(root, 'build/client'), { recursive: true, withFileTypes: true });
for (const entry of served) {
  if (!entry.isFile() || entry.name.endsWith('.png')) continue;
  const file = join(entry.parentPath, entry.name);
  const bytes = readFileSync(file);
  writeFileSync(`${file}.br`, brotliCompressSync(bytes));
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
}

await build({
  absWorkingDir: root,
  entryPoints: {
    serve: 'app/cli/serve.ts',
    causeway: 'app/cli/causeway.ts',
    server: 'app/cli/start-server.ts',
    'markdown-worker': 'app/platform/markdown/worker.ts',
  },
  outdir: 'build',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  packages: 'external',
  sourcemap: true,
  alias: { '~': join(root, 'app'), '~db': join(root, 'db') },
  logLevel: 'warning',
});

writeFileSync(BUILT, sources);
