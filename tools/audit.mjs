/**
 * Asks the registry for known faults of the installed packages (`npm audit`). `npm run check` fails on
 * one in a package that the product runs with, tells of those in other packages, and passes where the
 * registry does not answer.
 */
import { spawnSync } from 'node:child_process';

const QUICKLY = ['--fetch-retries=0', '--fetch-timeout=10000'];

/** Runs `npm audit` and prints what it found. Returns false if the check has to fail. */
export function audit() {
  const installed = report([]);
  if (installed.unanswered) {
    console.log(`npm audit: ${installed.unanswered}; known faults were not looked for.`);
    return true;
  }
  for (const line of installed.faults) console.log(`npm audit: ${line}`);
  const { faults } = report(['--omit=dev']);
  return faults.length === 0;
}

function report(options) {
  const { stdout } = spawnSync('npm', ['audit', '--json', ...QUICKLY, ...options], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  return readReport(stdout ?? '');
}

/**
 * Reads the output of `npm audit --json`.
 * @returns `faults`, a line for each package, and `unanswered`, why there is no answer, or null
 */
export function readReport(output) {
  let answer;
  try {
    answer = JSON.parse(output);
  } catch {
    return { faults: [], unanswered: 'no answer that can be read' };
  }
  if (typeof answer?.vulnerabilities !== 'object' || answer.vulnerabilities === null) {
    const why = String(answer?.message ?? answer?.error?.summary ?? 'no report');
    return { faults: [], unanswered: why.split('\n')[0].replace(/https?:\/\/\S+/, 'the registry') };
  }
  const faults = Object.values(answer.vulnerabilities).map(({ name, severity, via, range }) => {
    const titles = via.map((cause) => (typeof cause === 'string' ? `by ${cause}` : cause.title));
    return `${name} ${range} (${severity}): ${titles.join('; ')}`;
  });
  return { faults, unanswered: null };
}
