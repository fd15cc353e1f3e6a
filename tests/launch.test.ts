import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { OLDEST_NODE } from '../app/cli/node.mjs';

/** The Node that npm uses: the machine's own, which may be older than the one running this test. */
const machineNode = process.env.npm_node_execpath ?? process.execPath;

async function launch(): Promise<{ child: ChildProcess; said: { node: string; args: string[] } }> {
  const script = ['app/cli/launch.mjs', 'tests/fixtures/until-signal.mjs', 'one', '--two'];
  const child = spawn(machineNode, script, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = await once(child.stdout, 'data');
  return { child, said: JSON.parse(String(line)) };
}

it('runs a script with its arguments on a Node that is new enough', async () => {
  const { said } = await launch();
  expect(Number(said.node.split('.')[0])).toBeGreaterThanOrEqual(OLDEST_NODE);
  expect(said.args).toEqual(['one', '--two']);
});

it('passes a signal on, and ends with the exit code of the script', async () => {
  const { child } = await launch();
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([7, null]);
});

it('leaves nothing running when it is killed outright', async () => {
  const { child } = await launch();
  child.kill('SIGKILL');
  // The script has the same pipe, which closes when the last process has ended.
  await once(child.stdout as NodeJS.ReadableStream, 'close');
});

it('ends without an error when it is stopped while it fills an empty database', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const port = await freePort();
  const child = spawn(process.execPath, ['build/serve.js'], {
    env: {
      ...process.env,
      PORT: String(port),
      LOG_LEVEL: 'error',
      DATABASE_URL: `file:${join(folder, 'causeway.db')}`,
      OUTBOX_DIR: join(folder, 'outbox'),
    },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
  await vi.waitUntil(answers, { timeout: 60_000, interval: 5 });
  child.kill('SIGTERM');
  expect(await once(child, 'close'), output).toEqual([0, null]);
  expect(output).not.toContain('could not start');
}, 90_000);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
