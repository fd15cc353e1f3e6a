import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { OLDEST_NODE, runningNode } from '../app/cli/node.mjs';

/** The machine's own Node, which may be too old; 22 where this runs to test that. */
const node =
  runningNode() === OLDEST_NODE
    ? process.execPath
    : (process.env.npm_node_execpath ?? process.execPath);

it('the content of the image builds, starts, accepts a post and stops, with its packages', () => {
  const { status, stdout, stderr } = spawnSync('deploy/smoke.sh', ['--reuse'], {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${dirname(node)}:${process.env.PATH}` },
  });
  expect(status, stdout + stderr).toBe(0);
  expect(stdout).toMatch(/Posted and read \/t\/.*\nSmoke test passed\.\n$/);
}, 120_000);

it('the unit for systemd keeps the service to its files, its processes and the calls it needs', () => {
  const unit = readFileSync('deploy/causeway.service', 'utf8').split('\n');
  for (const line of [
    'SystemCallFilter=@system-service',
    'SystemCallFilter=~@privileged @resources',
    'ProtectProc=invisible',
    'RestrictSUIDSGID=yes',
    'ProtectSystem=strict',
    'NoNewPrivileges=yes',
    'UMask=0077',
  ]) {
    expect(unit).toContain(line);
  }
});

const SYSTEMD = spawnSync('systemd-analyze', ['--version']).status === 0;

it.skipIf(!SYSTEMD)('systemd has little to say against it', () => {
  const args = ['security', '--offline=true', '--threshold=20', 'deploy/causeway.service'];
  const { status, stdout } = spawnSync('systemd-analyze', args, { encoding: 'utf8' });
  expect(status, stdout).toBe(0);
});
