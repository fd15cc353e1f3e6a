import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ParsedMail, simpleParser } from 'mailparser';
import { onTestFinished } from 'vitest';
import type { RunningCauseway } from '~/cli/start-server';
import type { Clock } from '~/platform/clock';
import { type Config, readConfig } from '~/platform/config';
import type { MarkdownRenderer } from '~/platform/markdown/renderer';
import { createLog, type Log } from '~/server/log';
import { siteSettings } from '~db/schema';
import { Client } from './client';
import { copyDatabase, createTemplate, type TestDatabase } from './database';
import { IN_MEMORY } from './in-memory.mjs';
import { noteMail, noteOutput, noteSettings } from './log-watch';

/** A clock that only moves when a test moves it. */
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
  /** The installation's folder, with database and outbox. */
  folder: string;
  /** Returns a visitor with separate cookies. */
  client(): Client;
  /** Returns all emails sent so far, oldest first. */
  mails(): Promise<ParsedMail[]>;
}

/**
 * Starts the production build in this process, on a temporary database and a free port. It is
 * closed and removed after the test; in `beforeAll`, the caller must call `close`.
 */
export async function startTestCauseway(
  env: Record<string, string> = {},
  clock = new TestClock(),
  log: Log = createLog('trace', { write: noteOutput }),
): Promise<TestCauseway> {
  noteSettings(env);
  const folder = mkdtempSync(join(IN_MEMORY, 'causeway-test-'));
  started ??= startOnce();
  const database = await copyDatabase(await started, join(folder, 'causeway.db'));
  const config = readConfig({
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATABASE_URL: database.url,
    OUTBOX_DIR: join(folder, 'outbox'),
    // Otherwise no digest is emailed on the day on which a test publishes it.
    DIGEST_OBJECTION_HOURS: '0',
    ...env,
  });
  const running = await start(config, clock, log);
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

/** The database that a first start leaves, made once in each process of the tests. */
let started: Promise<TestDatabase> | undefined;

/** Starts the program once, before any test's time. Each test's environment decides its settings. */
async function startOnce(): Promise<TestDatabase> {
  const database = await createTemplate();
  const config = readConfig({ PORT: '0', DATABASE_URL: database.url });
  const { app, close } = await start(config, new TestClock(Date.UTC(2020, 0)), createLog('silent'));
  await app.db.write((tx) => tx.delete(siteSettings));
  await close();
  return database;
}

/** Starting threads for Markdown takes longer than most tests, so they are started once. */
let markdown: MarkdownRenderer | undefined;

function start(config: Config, clock: Clock, log: Log): Promise<RunningCauseway> {
  return asInProduction(async () => {
    const built = pathToFileURL(join(process.cwd(), 'build/server.js')).href;
    const program = (await import(built)) as typeof import('~/cli/start-server');
    markdown ??= program.openMarkdown();
    return program.startCauseway(config, clock, log, { background: false, markdown });
  });
}

/**
 * React reads this variable when it is first loaded, to choose its production code. It is restored
 * afterwards, because commands started by a test would then require a public URL.
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

/** The same, closed automatically at the end of the running test. */
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
  // Not sorted by id, because the built program and the tests count their ids separately.
  const files = names
    .filter((name) => name.endsWith('.eml'))
    .map((name) => join(outbox, name))
    .map((file) => ({ file, written: statSync(file, { bigint: true }).mtimeNs }))
    .sort((a, b) => Number(a.written - b.written));
  const mails = await Promise.all(files.map(({ file }) => simpleParser(readFileSync(file))));
  for (const mail of mails) {
    for (const to of [mail.to ?? []].flat()) noteMail(to.text, mail.text ?? '');
  }
  return mails;
}
