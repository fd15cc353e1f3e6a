import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A server program started for the bench. */
export interface Serving {
  url: string;
  /** From its start until it listens, in ms. */
  startedIn: number;
  /** Current resident memory, in MB. */
  rss(): number;
  /** Processor time of all its threads since its start, in ms, in steps of 10. */
  processor(): number;
  stop(): Promise<void>;
}

/** Starts a Node program and waits until it prints its URL. */
export async function serve(
  args: string[],
  env: Record<string, string>,
  folder = process.cwd(),
): Promise<Serving> {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await addressOf(child);
  return {
    url,
    startedIn: performance.now() - started,
    rss: () => rssOf(child),
    processor: () => processorOf(child),
    stop: () =>
      new Promise((resolve) => {
        child.once('close', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

/**
 * Starts the product on a database file or at a URL, without holding posts or sending email.
 * @param args further arguments of Node
 */
export function serveCauseway(
  database: string,
  outbox: string,
  { args = [], env = {} }: { args?: string[]; env?: Record<string, string> } = {},
): Promise<Serving> {
  return serve(['--max-semi-space-size=8', ...args, 'build/serve.js'], {
    PORT: '0',
    ORIGIN: 'http://localhost:3000',
    DATABASE_URL: database.includes('://') ? database : `file:${database}`,
    OUTBOX_DIR: outbox,
    HOLD_FIRST_POSTS: '0',
    // The writers state their IP address in a header.
    TRUST_PROXY: '1',
    ...env,
  });
}

/** The limit of Node: a server that sends the same bytes and headers from memory. */
export function serveBytes(file: string): Promise<Serving> {
  const program = `
    const { body, headers } = JSON.parse(require('fs').readFileSync(${JSON.stringify(file)}));
    const bytes = Buffer.from(body, 'base64');
    const server = require('http').createServer((request, response) => {
      response.writeHead(200, headers);
      response.end(bytes);
    });
    server.listen(0, '127.0.0.1', () => console.log('http://localhost:' + server.address().port));`;
  return serve(['-e', program], {});
}

/** Returns the URL that a program prints when it listens; later output is discarded. */
export function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    child.once('close', () => reject(new Error(`a server did not start: ${printed}`)));
    child.stdout?.on('data', (chunk) => {
      printed = (printed + chunk).slice(-10_000);

      const port = /http:\/\/localhost:(\d+)/.exec(printed)?.[1];
      if (port) resolve(`http://127.0.0.1:${port}`);
    });
  });
}

function rssOf({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

/** The kernel counts in hundredths of a second (`man proc`, utime and stime). */
function processorOf({ pid }: ChildProcess): number {
  const [, afterName = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user, system] = afterName.split(' ').slice(11, 13);
  return (Number(user) + Number(system)) * 10;
}
