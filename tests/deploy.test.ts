import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';

it('the content of the image builds, starts, accepts a post and stops, with its packages', () => {
  const { status, stdout, stderr } = spawnSync('deploy/smoke.sh', ['--reuse'], {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}` },
  });
  expect(status, stdout + stderr).toBe(0);
  expect(stdout).toMatch(/Posted and read \/t\/.*\nSmoke test passed\.\n$/);
}, 120_000);
