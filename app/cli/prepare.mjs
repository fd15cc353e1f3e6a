/**
 * Prepares a checkout: installs the packages and builds the product, each only if it is out of
 * date. Plain JavaScript without packages, because it runs before anything is installed. Progress
 * goes to standard error, so that standard output contains only a command's result.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Contains the fingerprint of the sources that `build/` was made from. */
export const BUILT = join(root, 'build/.fingerprint');

/** All inputs of the build, except tests. */
export const SOURCES = [
  'app',
  'db',
  'public',
  'tools',
  'package.json',
  'package-lock.json',
  'remix.config.js',
  'tsconfig.json',
  'vite.config.ts',
];

/** Installs the packages if the installed ones differ from the lock file. */
export async function install() {
  if (isInstalled()) return;
  console.error('Installing packages: allow about 30 seconds.');
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const heartbeat = setInterval(() => {
    console.error(`  still installing, ${seconds()} s`);
  }, 15_000);
  const result = await npm(['ci', '--include=dev', '--no-audit', '--no-fund']);
  clearInterval(heartbeat);
  if (result.code !== 0) throw new Error(`${result.output}\nThe packages could not be installed.`);
  console.error(`Installed in ${seconds()} s.`);
}

/**
 * True if npm has recorded, as it does at the end, that it installed everything in the lock file.
 */
function isInstalled() {
  const record = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = packagesIn(record);
  return Object.entries(packagesIn(join(root, 'package-lock.json'))).every(
    ([path, { integrity, optional }]) =>
      // Optional packages are for one platform each, and missing on the others.
      path === '' || (path in installed ? installed[path].integrity === integrity : optional),
  );
}

function packagesIn(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

function npm(args) {
  return new Promise((resolve) => {
    const child = spawn('npm', args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Builds the product if its sources have changed since the last build. */
export function buildIfStale() {
  if (existsSync(BUILT) && readFileSync(BUILT, 'utf8') === fingerprint()) return;
  console.error('Building…');
  const result = spawnSync(process.execPath, [join(root, 'app/cli/build.mjs')], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (result.status !== 0) throw new Error('The build failed; see above.');
}

/** True if the file at this path (relative to the root) is an input of the build. */
export function isSource(path) {
  return SOURCES.includes(path.split(sep)[0]) && !/\.test\.tsx?$/.test(path);
}

/**
 * Returns a fingerprint of the sources by content, so that file times and checkouts do not matter.
 */
export function fingerprint() {
  const hash = createHash('sha256');
  for (const source of SOURCES.map((name) => join(root, name))) {
    const files = statSync(source).isDirectory()
      ? readdirSync(source, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .sort()
      : [source];
    for (const file of files) {
      const path = file.slice(root.length);
      if (isSource(path)) hash.update(path).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}
