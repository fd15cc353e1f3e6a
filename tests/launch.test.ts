import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
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
