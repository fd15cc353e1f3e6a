import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { startScheduler } from '~/jobs/scheduler';
import type { AppContext } from '~/platform/app-context';
import type { Clock } from '~/platform/clock';
import type { Config } from '~/platform/config';
import type { MarkdownRenderer } from '~/platform/markdown/renderer';
import { createRouteHandler } from '~/remix';
import { loadAssets } from '~/server/assets';
import type { Log } from '~/server/log';
import { type RunningServer, startServer } from '~/server/server';
import { openApp } from './compose';
import { ASSETS, PROGRAM } from './paths';

export { openMarkdown } from './compose';

export interface RunningCauseway extends RunningServer {
  app: AppContext;
}

/** Opens an installation and serves it: used by `npm start` and by the tests. */
export async function startCauseway(
  config: Config,
  clock: Clock,
  log: Log,
  /** Tests run jobs themselves, and start many installations in one process. */
  { background = true, markdown }: { background?: boolean; markdown?: MarkdownRenderer } = {},
): Promise<RunningCauseway> {
  const app = await openApp(config, clock, markdown);
  const program = programMark(config);
  const server = await startServer({
    app,
    routes: createRouteHandler(),
    assets: loadAssets(ASSETS),
    log,
    program,
  }).catch(async (error) => {
    await app.close();
    throw error;
  });
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

/** Returns a fingerprint of everything, besides the data, that affects how a page looks. */
function programMark(config: Config): string {
  const { origin, demo, mailFrom } = config;
  const shown = { origin, demo, mailFrom };
  const hash = createHash('sha256').update(process.version + JSON.stringify(shown));
  return hash.update(readFileSync(PROGRAM)).digest('base64url');
}
