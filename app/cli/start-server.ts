import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ServerBuild } from '@remix-run/server-runtime';
import { startScheduler } from '~/jobs/scheduler';
import type { AppContext } from '~/platform/app-context';
import type { Clock } from '~/platform/clock';
import type { Config } from '~/platform/config';
import { loadAssets } from '~/server/assets';
import type { Log } from '~/server/log';
import { type RunningServer, startServer } from '~/server/server';
import { openApp } from './compose';
import { ASSETS, ROUTES } from './paths';

export interface RunningCauseway extends RunningServer {
  app: AppContext;
}

/** Opens an installation and serves it: what `npm start` runs, and the tests. */
export async function startCauseway(
  config: Config,
  clock: Clock,
  log: Log,
  /** Tests run jobs when they choose to. */
  { background = true } = {},
): Promise<RunningCauseway> {
  const app = await openApp(config, clock);
  // React decides by this variable, when it is first loaded, whether it is the slow one.
  process.env.NODE_ENV ??= 'production';
  const build = (await import(ROUTES.href)) as ServerBuild;
  const program = programMark(config);
  const server = await startServer({ app, build, assets: loadAssets(ASSETS), log, program }).catch(
    async (error) => {
      await app.close();
      throw error;
    },
  );
  const scheduler = background ? startScheduler(app, log) : null;
  return {
    app,
    port: server.port,
    async close() {
      await Promise.all([scheduler?.stop(), server.close()]);
      await app.close();
    },
  };
}

/** A mark of all that decides, besides the data, what a page looks like. */
function programMark({ siteName, origin, digestMinAuthors, demo }: Config): string {
  return createHash('sha256')
    .update(readFileSync(ROUTES))
    .update(JSON.stringify([process.version, siteName, origin, digestMinAuthors, demo]))
    .digest('base64url');
}
