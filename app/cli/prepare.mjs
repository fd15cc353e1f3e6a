/**
 * Makes a checkout ready to run: packages installed, product built, each only when it is stale.
 * Plain JavaScript on Node alone, since it runs before anything is installed. Progress goes to
 * standard error, so that a command's output stays data.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Holds the fingerprint of the sources that `build/` was made from. */
export const BUILT = join(root, 'build/.fingerprint');

/** Everything that the build is made from, tests aside. */
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

/** Installs the packages when those that are installed are not those of the lock file. */
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

/** Whether npm has noted, as it does when it is done, that it installed what the lock file names. */
function isInstalled() {
  const record = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = packagesIn(record);
  return Object.entries(packagesIn(join(root, 'package-lock.json'))).every(
    ([path, { integrity, optional }]) =>
      // Optional ones are for one platform each, and absent on the others.
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

/** Builds the product when its sources are not the ones it was built from. */
export function buildIfStale() {
  if (existsSync(BUILT) && readFileSync(BUILT, 'utf8') === fingerprint()) return;
  console.error('Building…');
  const result = spawnSync(process.execPath, [join(root, 'app/cli/build.mjs')], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (result.status !== 0) throw new Error('The build failed; see above.');
}

/** Whether the build is made from the file with this path below the root. */
export function isSource(path) {
  return SOURCES.includes(path.split(sep)[0]) && !/\.test\.tsx?$/.test(path);
}

/** A fingerprint of the sources by content: clocks and checkouts do not fool it. */
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
