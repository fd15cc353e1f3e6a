import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { type AppOptions, createApp } from './app';
import { createTraffic } from './metrics';
import { pageCache } from './page-cache/listener';

export interface RunningServer {
  /** The port that was bound; useful when 0 was asked for. */
  port: number;
  /** Takes no new connection, lets requests in flight finish, then resolves. */
  close(): Promise<void>;
}

export interface ServerOptions extends Omit<AppOptions, 'traffic'> {
  /** A mark of the build and of what it is set up with. */
  program: string;
}

/** Slow networks are normal here; a client that sends nothing at all is not. */
const HEADERS_TIMEOUT = 30_000;
const REQUEST_TIMEOUT = 120_000;

/**
 * Binds the configured host and port and serves.
 * @throws the system's error (`EADDRINUSE`, `EACCES`) when the port cannot be had.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { app, log, program } = options;
  const { host, port } = app.config;
  const traffic = createTraffic();
  const hono = createApp({ ...options, traffic });
  const otherwise = getRequestListener(hono.fetch);
  const server = createServer(
    pageCache({ app, log, traffic, program, fetch: hono.fetch, otherwise }),
  );
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
