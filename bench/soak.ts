/**
 * `npm run soak:crash [-- ROUNDS]`: 50 writers, a server killed at random, by default 20 times.
 * Exits with code 1 if any post was lost.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crashRounds } from './crash';

/** The target in ms, on an idle machine. */
const READY_WITHIN = 2000;

const rounds = Number(process.argv[2] ?? 20);
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error('usage: npm run soak:crash [-- ROUNDS]');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'causeway-soak-'));
let n = 0;
const found = await crashRounds({
  folder,
  rounds,
  writers: 50,
  say: (round) => {
    const { acknowledged, repeated, lost, doubled, faults, readyIn } = round;
    console.log(
      `${String(++n).padStart(4)}: ${acknowledged} acknowledged, ${repeated} repeated, ${lost} lost, ` +
        `${doubled} doubled, ${faults.length === 0 ? 'sound' : faults.join('; ')}, ` +
        `ready in ${Math.round(readyIn)} ms`,
    );
  },
});
rmSync(folder, { recursive: true, force: true });
const bad = found.filter(
  ({ lost, doubled, faults }) => lost > 0 || doubled > 0 || faults.length > 0,
);
const slow = found.filter(({ readyIn }) => readyIn > READY_WITHIN).length;
console.log(
  bad.length === 0
    ? `${rounds} kills, nothing lost, nothing doubled, database sound; ${slow} starts took over 2 s.`
    : `${bad.length} of ${rounds} rounds went wrong.`,
);
process.exit(bad.length === 0 ? 0 : 1);
