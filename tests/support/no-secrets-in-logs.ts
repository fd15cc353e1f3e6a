import { afterAll, expect } from 'vitest';
import { noteOutput, takeLeaks } from './log-watch';

/* Runs with every test file: see log-watch.ts. */

for (const level of ['error', 'warn', 'info'] as const) {
  const print = console[level].bind(console);
  console[level] = (...values: unknown[]) => {
    noteOutput(`${values.map(String).join(' ')}\n`);
    print(...values);
  };
}

afterAll(() => {
  expect(takeLeaks(), 'secrets, addresses or words of people in a log').toEqual([]);
});
