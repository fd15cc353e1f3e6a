import cluster, { type Worker } from 'node:cluster';
import { fileURLToPath } from 'node:url';
import type { Log } from '~/server/log';

/** A worker that exits within this time after its start is not replaced immediately (ms). */
const SOON = 5_000;

/** The message of a worker that is ready to serve. */
const READY = 'ready';

export const isWorker = cluster.isWorker;

/** Tells the primary process that this worker is ready, and on which port. */
export function tellReady(port: number): void {
  process.send?.({ type: READY, port });
}

/**
 * Serves with several processes that share one port, and replaces each that dies. Returns the port
 * once all of them serve. `environment` is the operator's, because this process has changed its own
 * NODE_ENV. On a signal the workers stop first, then this process.
 */
export async function startCluster(
  workers: number,
  log: Log,
  environment: Record<string, string | undefined>,
): Promise<number> {
  cluster.setupPrimary({
    exec: fileURLToPath(import.meta.url).replace(/[^/\\]*$/, 'serve.js'),
    execArgv: [...process.execArgv, '--enable-source-maps'],
  });
  let stopping = false;

  function fork(): Promise<number> {
    const worker = cluster.fork({ NODE_ENV: environment.NODE_ENV });
    const started = Date.now();
    const ready = new Promise<number>((resolve, reject) => {
      worker.on('message', (message: { type?: unknown; port?: unknown }) => {
        if (message?.type === READY) resolve(Number(message.port));
      });
      worker.once('exit', () => reject(new Error('a worker stopped before it could serve')));
    });
    worker.once('exit', (code, signal) => {
      if (stopping) return;
      log.error({ worker: worker.process.pid, code, signal }, 'a worker stopped; another starts');
      const pause = Date.now() - started < SOON ? SOON : 0;
      setTimeout(() => {
        if (!stopping) fork().catch(() => undefined);
      }, pause);
    });
    return ready;
  }

  const stop = async () => {
    if (stopping) return;
    stopping = true;
    const all = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
    await Promise.all(all.map(end));
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  try {
    const ports = await Promise.all(Array.from({ length: workers }, fork));
    return ports[0] ?? 0;
  } catch (error) {
    stopping = true;
    for (const worker of Object.values(cluster.workers ?? {})) worker?.kill('SIGTERM');
    throw error;
  }
}

function end(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    worker.once('exit', () => resolve());
    worker.process.kill('SIGTERM');
  });
}
