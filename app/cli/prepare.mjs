/**
 * Makes a checkout ready to run: packages installed, product built, each only when it is stale.
 * Plain JavaScript on Node alone, since it runs before anything is installed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const LEAST_NODE = [20, 19];
const STAMP = join(root, 'node_modules/.causeway-installed');

/** Installs and builds what is stale; `say` prints a line of progress. Exits on failure. */
export async function prepare({ say = console.log, build = true } = {}) {
  requireNode();
  await install(say);
  if (build) buildIfStale();
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [leastMajor, leastMinor] = LEAST_NODE;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  fail(`Causeway needs Node ${LEAST_NODE.join('.')} or newer; this is ${process.versions.node}.`);
}

/** What the installed packages were installed for: the lock file, and Node's binary interface. */
function installKey() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256').update(lock).update(process.versions.modules).digest('hex');
}

async function install(say) {
  const key = installKey();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === key) return;
  say('Installing packages. better-sqlite3 is compiled here: allow about 90 seconds.');
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const heartbeat = setInterval(() => say(`  still installing, ${seconds()} s`), 15_000);
  const result = await npm(['ci', '--include=dev', '--no-audit', '--no-fund']);
  clearInterval(heartbeat);
  if (result.code !== 0) {
    process.stderr.write(result.output);
    fail('The packages could not be installed; npm says why above.');
  }
  say(`Installed in ${seconds()} s.`);
  writeFileSync(STAMP, key);
}

function npm(args) {
  return new Promise((resolve) => {
    const child = spawn('npm', args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', (error) => resolve({ code: 1, output: `${error.message}\n` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function buildIfStale() {
  // What it prints is progress: on standard error, so that a command's output stays data.
  const result = spawnSync(process.execPath, [join(root, 'app/cli/build.mjs'), '--if-stale'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (result.status !== 0) fail('The build failed; see above.');
}

function fail(line) {
  console.error(line);
  process.exit(1);
}
