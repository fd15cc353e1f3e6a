/**
 * Builds the product into `build/`: the server code for Node (`vite.config.ts`) and, in
 * `build/client`, the files for browsers: style sheets, the files of `public/`, and the few scripts
 * that some pages need.
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
 * The browser scripts are in `app/ui/browser/`. Pages import them as `.browser/NAME.js?url`:
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

// Otherwise Vite would compile JSX for development if the caller, such as a test, sets another
// value.
process.env.NODE_ENV = 'production';
await vite.build({ root, logLevel: 'warn' });
const client = join(root, 'build/client');
cpSync(join(root, 'public'), client, { recursive: true });
renameSync(join(root, 'build/assets'), join(client, 'assets'));

// Compress the served files once, at the highest level: see `app/server/assets.ts`.
const served = readdirSync(client, { recursive: true, withFileTypes: true });
for (const entry of served) {
  if (!entry.isFile() || entry.name.endsWith('.png')) continue;
  const file = join(entry.parentPath, entry.name);
  const bytes = readFileSync(file);
  writeFileSync(`${file}.br`, brotliCompressSync(bytes));
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
}

writeFileSync(BUILT, sources);
