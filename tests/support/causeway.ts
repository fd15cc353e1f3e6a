import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ParsedMail, simpleParser } from 'mailparser';
import { onTestFinished } from 'vitest';
import type { RunningCauseway } from '~/cli/start-server';
import type { Clock } from '~/platform/clock';
import { type Config, readConfig } from '~/platform/config';
import { createLog, type Log } from '~/server/log';
import { Client } from './client';
import { createDatabase } from './database';

/** A clock that stands still until it is moved. */
export class TestClock implements Clock {
  constructor(private moment = Date.parse('2026-11-02T09:00:00Z')) {}

  now(): number {
    return this.moment;
  }

  set(iso: string): void {
    this.moment = Date.parse(iso);
  }

  advance(ms: number): void {
    this.moment += ms;
  }
}

export interface TestCauseway extends RunningCauseway {
  clock: TestClock;
  config: Config;
  url: string;
  /** The folder of this installation: database and outbox. */
  folder: string;
  /** A visitor with cookies of their own. */
  client(): Client;
  /** The mails that were sent so far, oldest first. */
  mails(): Promise<ParsedMail[]>;
}

/**
 * Starts the production build in this process, on a temporary database and a free port. It is
 * closed and removed when the test (or, in `beforeAll`, the caller through `close`) is done.
 */
export async function startTestCauseway(
  env: Record<string, string> = {},
  clock = new TestClock(),
  log?: Log,
): Promise<TestCauseway> {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-test-'));
  const database = await createDatabase(folder);
  const config = readConfig({
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATABASE_URL: database.url,
    OUTBOX_DIR: join(folder, 'outbox'),
    ...env,
  });
  const running = await asInProduction(async () => {
    const built = pathToFileURL(join(process.cwd(), 'build/server.js')).href;
    const { startCauseway } = (await import(built)) as typeof import('~/cli/start-server');
    return startCauseway(config, clock, log ?? createLog(config.logLevel), { background: false });
  });
  const url = `http://127.0.0.1:${running.port}`;
  return {
    ...running,
    clock,
    config,
    url,
    folder,
    client: () => new Client(url),
    mails: () => readMails(config.outboxDir),
    async close() {
      await running.close();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * React decides by this variable, when it is first loaded, whether it is the slow one. It is put
 * back, because commands that a test starts would want a public address.
 */
async function asInProduction<T>(work: () => Promise<T>): Promise<T> {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    return await work();
  } finally {
    process.env.NODE_ENV = before;
  }
}

/** The same, closed by itself at the end of the running test. */
export async function useCauseway(env?: Record<string, string>, clock?: TestClock) {
  const causeway = await startTestCauseway(env, clock);
  onTestFinished(() => causeway.close());
  return causeway;
}

async function readMails(outbox: string): Promise<ParsedMail[]> {
  let names: string[];
  try {
    names = readdirSync(outbox);
  } catch {
    return [];
  }
  // Ids do not tell the order: the built program and the tests count theirs apart.
  const files = names
    .filter((name) => name.endsWith('.eml'))
    .map((name) => join(outbox, name))
    .map((file) => ({ file, written: statSync(file, { bigint: true }).mtimeNs }))
    .sort((a, b) => Number(a.written - b.written));
  return Promise.all(files.map(({ file }) => simpleParser(readFileSync(file))));
}
