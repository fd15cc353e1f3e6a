import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { crashRounds } from '../bench/crash';

it('loses and doubles nothing when it is killed in the middle of many writes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-crash-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const rounds = await crashRounds({ folder, rounds: 2, writers: 20 });
  for (const { lost, doubled, faults } of rounds) {
    expect({ lost, doubled, faults }).toEqual({ lost: 0, doubled: 0, faults: [] });
  }
  // It was killed while people were writing, not before or after.
  const [first, second] = rounds;
  expect(first?.acknowledged).toBeGreaterThan(0);
  expect(second?.acknowledged).toBeGreaterThan(first?.acknowledged ?? 0);
  expect(second?.repeated).toBeGreaterThan(0);
}, 120_000);
