import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

interface Outcome {
  kills: number;
  lost: number;
  repeats: number;
  readersWithTwoMails: number;
  stillWaiting: number;
}

it('loses no email and repeats at most the one being sent when the command is killed', () => {
  const args = ['--subscribers', '200', '--kills', '3', '--minutes', '3', '--json'];
  const run = spawnSync(process.execPath, ['tests/soak/mail.mjs', ...args], { encoding: 'utf8' });
  const outcome = JSON.parse(run.stdout) as Outcome;
  expect(outcome).toMatchObject({ kills: 3, lost: 0, readersWithTwoMails: 0, stillWaiting: 0 });
  expect(outcome.repeats).toBeLessThanOrEqual(3);
  expect(run.status).toBe(0);
}, 240_000);
