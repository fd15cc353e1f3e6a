/**
 * `npm test`: installs what the tests need, runs them all and ends with the runner's own counts,
 * as `N passed, N failed, N skipped`. Arguments go to vitest.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { root } from '../app/cli/prepare.mjs';
import { ON_POSTGRES } from './support/on-postgres.mjs';
import { installPostgres, startCluster } from './support/postgres-cluster.mjs';

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const browser = findBrowser() ?? installBrowser();
if (!browser) {
  console.log(
    'No Chromium: the browser tests are skipped. Install it (Debian: apt-get install chromium) or name one in CHROMIUM_PATH.',
  );
}

installPostgres();
const postgres = await startCluster();
if (!postgres) {
  console.log(
    'No PostgreSQL: the tests on it are skipped. Install it (Debian: apt-get install postgresql).',
  );
}

const folder = mkdtempSync(join(tmpdir(), 'causeway-counts-'));
const report = join(folder, 'report.json');
const status = await runVitest();
await postgres?.stop();
const counts = readCounts(report);
rmSync(folder, { recursive: true, force: true });

const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`);
process.exit(status === 0 && counts.failed === 0 ? 0 : 1);

function runVitest() {
  const run = spawn(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...process.argv.slice(2),
    ],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, CHROMIUM_PATH: browser ?? '', TEST_POSTGRES: postgres?.url ?? '' },
    },
  );
  // Whoever interrupts the tests interrupts the runner too; what was started is put away after it.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => run.kill(signal));
  return new Promise((resolve) => run.on('close', resolve));
}

function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return existsSync(named) ? named : null;
  return BROWSERS.find((path) => existsSync(path)) ?? null;
}

/** Debian's own package, when that is ours to install. */
function installBrowser() {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || process.env.CHROMIUM_PATH || !existsSync('/usr/bin/apt-get')) return null;
  console.log("Installing Debian's Chromium for the browser tests…");
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  spawnSync('apt-get', ['update', '-q'], options);
  spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], options);
  return findBrowser();
}

/** A file that could not even be loaded has no tests that failed; it counts as one that did. */
function readCounts(file) {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const result = JSON.parse(readFileSync(file, 'utf8'));
  const unloaded = result.testResults.filter(
    (suite) =>
      suite.status === 'failed' && !suite.assertionResults.some((t) => t.status === 'failed'),
  );
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + unloaded.length,
    skipped: result.numPendingTests + result.numTodoTests + (postgres ? 0 : missing(result)),
  };
}

/** How many of the tests that ran would have run on PostgreSQL as well. */
function missing({ testResults }) {
  return testResults
    .map((suite) => ({ ...suite, path: relative(root, suite.name) }))
    .filter(({ path }) => path.startsWith('tests/'))
    .filter(({ path }) => !ON_POSTGRES.exclude.includes(path))
    .reduce((sum, suite) => sum + suite.assertionResults.length, 0);
}
