import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { noteArrival } from '~/platform/rate-limits/fair-queue';
import { type AppOptions, createApp } from './app';
import { createTraffic } from './metrics';
import { pageCache } from './page-cache/listener';
import { createTurns, type Turn } from './turns';

export interface RunningServer {
  /** The port in use; needed when port 0 was requested. */
  port: number;
  /** Stops accepting connections, waits for requests in progress, then resolves. */
  close(): Promise<void>;
}

export interface ServerOptions extends Omit<AppOptions, 'traffic' | 'turns'> {
  /** Identifies the build and its configuration. */
  program: string;
}

/** In ms. Slow networks are normal here; a client that sends nothing at all is not. */
const HEADERS_TIMEOUT = 30_000;
const REQUEST_TIMEOUT = 120_000;

/**
 * Starts the HTTP server on the configured host and port.
 * @throws the system's error (`EADDRINUSE`, `EACCES`) if the port is not available.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { app, log, program } = options;
  const { host, port } = app.config;
  const traffic = createTraffic();
  const turns = createTurns(traffic, app.config.trustProxy);
  const hono = createApp({ ...options, traffic, turns });
  const turnOf = new WeakMap<IncomingMessage, Turn>();
  const listener = getRequestListener((request, env) => {
    const { incoming } = env as HttpBindings;
    return hono.fetch(request, { ...env, turn: turnOf.get(incoming) });
  });
  const otherwise = (request: IncomingMessage, response: ServerResponse, turn?: Turn) => {
    if (turn) turnOf.set(request, turn);
    return listener(request, response);
  };
  const isAsset = (path: string) => options.assets(path, null) !== null;
  const server = createServer(
    pageCache({ app, log, traffic, turns, program, fetch: hono.fetch, otherwise, isAsset }),
  );
  server.on('connection', noteArrival);
  server.on('request', noteArrival);
  server.headersTimeout = HEADERS_TIMEOUT;
  server.requestTimeout = REQUEST_TIMEOUT;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}
