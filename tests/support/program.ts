import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { addressOf } from '../../bench/server';
import type { TestCauseway } from './causeway';
import { noteOutput, noteSettings } from './log-watch';

export interface Program {
  url: string;
  child: ChildProcess;
  /** Returns its output on standard error. */
  said(): string;
  /** What it printed on standard output: its log. */
  printed(): string;
}

/**
 * Starts the program as `npm start` does, in its own process, on the database of a test; stopped at
 * the end of the test. It uses the machine's clock.
 */
export async function startProgram(
  { config, clock }: TestCauseway,
  env: Record<string, string> = {},
): Promise<Program> {
  // With another clock, sessions would have expired or not have begun.
  clock.set(new Date().toISOString());
  const child = spawn(process.execPath, [join(process.cwd(), 'build/serve.js')], {
    env: {
      ...process.env,
      PORT: '0',
      LOG_LEVEL: 'error',
      ORIGIN: 'http://localhost:3000',
      DATABASE_URL: config.databaseUrl,
      OUTBOX_DIR: config.outboxDir,
      DIGEST_OBJECTION_HOURS: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  noteSettings(env);
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
    noteOutput(String(chunk));
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
    noteOutput(String(chunk));
  });
  const gone = new Promise((resolve) => child.once('close', resolve));
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await gone;
  });
  const url = await addressOf(child);
  return { url, child, said: () => said, printed: () => printed };
}
