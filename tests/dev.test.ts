import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { SOURCES } from '../app/cli/prepare.mjs';

it('npm run dev serves saved changes, and stops on a signal', async () => {
  const checkout = mkdtempSync(join(tmpdir(), 'causeway-dev-'));
  for (const name of [...SOURCES, 'build']) {
    cpSync(name, join(checkout, name), { recursive: true });
  }
  // Hard links, because there are many packages and the build looks for them in its own folder.
  execFileSync('cp', ['-al', 'node_modules', checkout]);
  const dev = spawn(process.execPath, ['app/cli/launch.mjs', '--build', 'app/cli/dev.mjs'], {
    cwd: checkout,
    env: { ...process.env, PORT: '0', DATABASE_URL: 'file:dev.db', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stopped = once(dev, 'exit');
  onTestFinished(async () => {
    dev.kill('SIGTERM');
    await stopped;
    rmSync(checkout, { recursive: true });
  });
  const lines = createInterface(dev.stdout)[Symbol.asyncIterator]();
  const nextUrl = async () => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error('npm run dev has stopped');
      const url = /Causeway is at (\S+)/.exec(value)?.[1];
      if (url) return url;
    }
  };

  await nextUrl();
  appendFileSync(join(checkout, 'public/favicon.svg'), '<!-- saved -->');
  const served = await fetch(`${await nextUrl()}/favicon.svg`);
  expect(await served.text()).toMatch(/<!-- saved -->$/);
  dev.kill('SIGTERM');
  expect(await stopped).toEqual([0, null]);
}, 180_000);
