/**
 * Builds the product into `build/`: what Node runs (`vite.config.ts`) and, in `build/client`, what
 * browsers fetch: style sheets, the files of `public/`, and the few scripts that a page cannot do
 * without.
 */
import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import * as vite from 'vite';
import { BUILT, fingerprint, root } from './prepare.mjs';

const sources = fingerprint();
rmSync(BUILT, { force: true });

/*
 * The scripts for browsers stand in `app/ui/browser/`. Pages name them by `.browser/NAME.js?url`:
 * outside of `build/`, which Vite empties first.
 */
const SCRIPTS = readdirSync(join(root, 'app/ui/browser')).map((name) => name.replace(/\.ts$/, ''));
await esbuild.build({
  absWorkingDir: root,
  entryPoints: SCRIPTS.map((name) => `app/ui/browser/${name}.ts`),
  outdir: '.browser',
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  logLevel: 'warning',
});

// Vite would compile JSX for development where the caller, such as a test, says anything else.
process.env.NODE_ENV = 'production';
await vite.build({ root, logLevel: 'warn' });
const client = join(root, 'build/client');
cpSync(join(root, 'public'), client, { recursive: true });
renameSync(join(root, 'build/assets'), join(client, 'assets'));

// What is served over and over is compressed here, once and as well as can be: `app/server/assets.ts`.
const served = readdirSync(client, { recursive: true, withFileTypes: true });
for (const entry of served) {
  if (!entry.isFile() || entry.name.endsWith('.png')) continue;
  const file = join(entry.parentPath, entry.name);
  const bytes = readFileSync(file);
  writeFileSync(`${file}.br`, brotliCompressSync(bytes));
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
}

writeFileSync(BUILT, sources);
