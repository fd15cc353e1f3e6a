/**
 * `npm test`: installs what the tests need, runs all tests and ends with the runner's counts, as `N
 * passed, N failed, N skipped`. Arguments are passed to vitest, except `--also-on-22`, which also
 * runs the smoke test, and the unit tests of what uses Node, on the oldest supported one.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { bringNode, OLDEST_NODE, runningNode } from '../app/cli/node.mjs';
import { root } from '../app/cli/prepare.mjs';
import { IN_MEMORY } from './support/in-memory.mjs';
import { ON_POSTGRES } from './support/on-postgres.mjs';
import { installPostgres, startCluster } from './support/postgres-cluster.mjs';

/** Most browser tests need no more than this part of Chromium, which is several times as fast. */
const SHELL = '/usr/bin/chromium-headless-shell';
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const browser = findBrowser() ?? installBrowser();
if (!browser) {
  console.log(
    'No Chromium: the browser tests are skipped. Install it (Debian: apt-get install chromium) or name one in CHROMIUM_PATH.',
  );
}

if (browser && !process.env.CHROMIUM_PATH && !existsSync(SHELL)) {
  installPackage('chromium-headless-shell', 'Chromium without its windows for most browser tests');
}

if (!hasApertium() && !installApertium()) {
  console.log(
    'No Apertium: the test with a real translator is skipped. Install it (Debian: apt-get install apertium-es-pt).',
  );
}

installPostgres();
const postgres = await startCluster(IN_MEMORY);
if (!postgres) {
  console.log(
    'No PostgreSQL: the tests on it are skipped. Install it (Debian: apt-get install postgresql).',
  );
}

const ALSO_ON_22 = '--also-on-22';
/** The domain and the tools hardly use Node; of the language, TypeScript's `lib` allows what 22 has. */
const ON_22 = [
  '--project=unit',
  '--project=sqlite',
  ...['app/jobs/', 'app/platform/', 'app/server/', 'app/ui/', 'db/'],
  'tests/deploy.test.ts',
];

const args = process.argv.slice(2);
let interrupted = false;
const runs = [
  await runVitest(
    process.execPath,
    args.filter((one) => one !== ALSO_ON_22),
    postgres?.url ?? null,
  ),
];
await postgres?.stop();
if (args.includes(ALSO_ON_22) && runningNode() !== OLDEST_NODE && !interrupted) {
  console.log(`The smoke test, and the unit tests of what uses Node, on Node ${OLDEST_NODE}:`);
  runs.push(await runVitest(join(bringNode(OLDEST_NODE), 'node'), ON_22));
}

const sum = (count) => runs.reduce((total, run) => total + run[count], 0);
const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
process.exit(runs.every((run) => run.status === 0 && run.failed === 0) ? 0 : 1);

/**
 * Runs vitest on a given Node; returns its exit code and counts. If there is no PostgreSQL server
 * (null), the tests on PostgreSQL count as skipped.
 */
async function runVitest(node, options, postgresUrl) {
  const folder = mkdtempSync(join(IN_MEMORY, 'causeway-run-'));
  const report = join(folder, 'report.json');
  const run = spawn(
    node,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...options,
    ],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        CHROMIUM_PATH: browser ?? '',
        CHROMIUM_SHELL_PATH: process.env.CHROMIUM_PATH ? '' : SHELL,
        TEST_POSTGRES: postgresUrl ?? '',
        // The product is started some hundred times.
        NODE_COMPILE_CACHE: join(folder, 'compiled'),
      },
    },
  );
  // A signal to the tests also stops the runner; afterwards everything that was started is removed.
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      interrupted = true;
      run.kill(signal);
    });
  }
  const status = await new Promise((resolve) => run.on('close', resolve));
  const counts = readCounts(report, postgresUrl === null);
  rmSync(folder, { recursive: true, force: true });
  return { status, ...counts };
}

function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return existsSync(named) ? named : null;
  return BROWSERS.find((path) => existsSync(path)) ?? null;
}

function installBrowser() {
  if (process.env.CHROMIUM_PATH) return null;
  installPackage('chromium', 'Chromium for the browser tests');
  return findBrowser();
}

function hasApertium() {
  return existsSync('/usr/share/apertium/modes/es-pt_BR.mode');
}

function installApertium() {
  installPackage('apertium-es-pt', 'Apertium for the tests of machine translation');
  return hasApertium();
}

/** Installs a package of Debian, if we have the permission. */
function installPackage(name, what) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  console.log(`Installing Debian's ${what}…`);
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  spawnSync('apt-get', ['update', '-q'], options);
  spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', name], options);
}

/** A file that could not be loaded has no failed tests; it counts as one failure. */
function readCounts(file, withoutPostgres) {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const result = JSON.parse(readFileSync(file, 'utf8'));
  const unloaded = result.testResults.filter(
    (suite) =>
      suite.status === 'failed' && !suite.assertionResults.some((t) => t.status === 'failed'),
  );
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + unloaded.length,
    skipped: result.numPendingTests + result.numTodoTests + (withoutPostgres ? missing(result) : 0),
  };
}

/** Returns how many of the tests that ran would also have run on PostgreSQL. */
function missing({ testResults }) {
  return testResults
    .map((suite) => ({ ...suite, path: relative(root, suite.name) }))
    .filter(({ path }) => path.startsWith('tests/'))
    .filter(({ path }) => !ON_POSTGRES.exclude.includes(path))
    .reduce((sum, suite) => sum + suite.assertionResults.length, 0);
}
