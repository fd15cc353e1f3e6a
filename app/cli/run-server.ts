import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { issueSetupToken } from '~/domain/accounts/auth/setup-link';
import { buildDemo, DEMO_ACCOUNTS, DEMO_PASSWORD } from '~/domain/import-export/demo';
import { seedOnce } from '~/domain/import-export/seed';
import type { AppContext } from '~/platform/app-context';
import { systemClock } from '~/platform/clock';
import { type Config, ConfigError, readConfig } from '~/platform/config';
import { lineForOperator } from '~/platform/errors';
import { pathTo } from '~/platform/paths';
import { createLog, type Log, logUncaught } from '~/server/log';
import { isWorker, startCluster, tellReady } from './cluster';
import { openApp } from './compose';
import { DEMO } from './paths';
import { keepHeapSmall } from './small-heap';
import { startCauseway } from './start-server';

type Environment = Record<string, string | undefined>;

/** Starts the server and stops it on a signal. If it cannot start: the reason, and exit code 1. */
export async function runServer(environment: Environment): Promise<void> {
  try {
    keepHeapSmall();
    const config = readConfig(environment, process.argv.includes('--demo'));
    const log = createLog(config.logLevel);
    logUncaught(log);
    if (isWorker) return await serveAsWorker(config, log);
    const { port, setupLink } =
      config.webConcurrency > 1
        ? await serveAsMany(config, log, environment)
        : await serve(config, log);
    console.log(`Causeway is at http://${displayHost(config.host)}:${port}`);
    if (setupLink)
      console.log(`To make its first administrator, open ${setupLink} within an hour.`);
  } catch (error) {
    // All lines of it: each names one variable.
    if (error instanceof ConfigError) console.error(error.message);
    else console.error(`Causeway could not start: ${lineForOperator(error)}`);
    process.exit(1);
  }
}

interface Started {
  port: number;
  /** Null if the site has an administrator, or is a demo. */
  setupLink: string | null;
}

async function serve(config: Config, log: Log): Promise<Started> {
  const causeway = await startCauseway(config, systemClock, log);
  const isStopping = stopOnSignal(causeway);
  const setupLink = await fill(causeway.app).catch((error) => {
    if (!isStopping()) throw error;
    // It failed because everything is being closed, after which the process exits.
    return new Promise<never>(() => {});
  });
  return { port: causeway.port, setupLink };
}

/** Migrates and fills the database before any worker starts. */
async function serveAsMany(config: Config, log: Log, environment: Environment): Promise<Started> {
  const app = await openApp(config, systemClock);
  const setupLink = await fill(app).finally(() => app.close());
  return { port: await startCluster(config.webConcurrency, log, environment), setupLink };
}

async function serveAsWorker(config: Config, log: Log): Promise<void> {
  const causeway = await startCauseway(config, systemClock, log);
  stopOnSignal(causeway);
  tellReady(causeway.port);
}

/** Fills an empty database, and returns the link that makes the first administrator. */
function fill(app: AppContext): Promise<string | null> {
  return app.config.demo ? fillDemo(app) : seedSite(app);
}

async function seedSite(app: AppContext): Promise<string | null> {
  const seeded = await seedOnce(app);
  if (seeded) console.log(`Seeded: ${seeded.made.length} threads are open.`);
  const token = await issueSetupToken(app);
  return token && app.config.origin + pathTo('/setup/:token', { token });
}

async function fillDemo(app: AppContext): Promise<null> {
  const built = await buildDemo(app, readFileSync(join(DEMO, 'conversation.jsonl'), 'utf8'));
  if (built) console.log('Demo ready: invented people, safe to try anything.');
  const accounts = Object.values(DEMO_ACCOUNTS).map((account) => account.email);
  console.log(`Log in as ${accounts.join(' or ')}, password “${DEMO_PASSWORD}”.`);
  return null;
}

/** Returns a host as written in a URL: IPv6 in brackets, loopback as "localhost". */
function displayHost(host: string): string {
  if (host === '127.0.0.1' || host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

/** Closes on a signal and exits. Returns a function that tells whether that has begun. */
function stopOnSignal(causeway: { close(): Promise<void> }): () => boolean {
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await causeway.close();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  return () => stopping;
}
