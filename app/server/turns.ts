import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { pathTo } from '~/platform/paths';
import { type Asker, createFairQueue, type GiveBack } from '~/platform/rate-limits/fair-queue';
import { networkOf, widerNetworkOf } from '~/platform/rate-limits/network';
import { clientAddress } from './client-address';
import type { Traffic } from './metrics';

/** A place in which a response is made. */
export interface Turn {
  asker: Asker;
  /** Must be called once the response is made; before it is sent, which may take long. */
  giveBack: GiveBack;
}

/** Who may make a response now, and who waits. */
export interface Turns {
  /** Waits until it is the client's turn; resolves to null, after a moment, if too many wait. */
  take(request: IncomingMessage): Promise<Turn | null>;
  /**
   * A place in which the form of a refused request is read, to be given back. Null if too many of the
   * client's wait for that as well.
   */
  takeRefused(request: IncomingMessage): Promise<Turn | null>;
  /** The moment before a refusal. */
  pause(): Promise<unknown>;
}

/*
 * Pages are made on one thread, so that places of other networks that are taken are what a visitor
 * waits for: few. Whoever waits for something else (the disk, a thread that renders Markdown or
 * draws an image, another server) leaves that thread alone.
 */
const PAGES = { places: 4, placesEach: 2, waitingEach: 64, waitingInAll: 512 };
const SLOW = { places: 64, placesEach: 4, waitingEach: 64, waitingInAll: 256 };

const REFUSED = { places: 1, placesEach: 1, waitingEach: 16, waitingInAll: 64 };

/** In ms. A client that was refused at once would ask again at once, and refusals are work too. */
const REFUSED_AFTER = 1000;

/** For the operator's monitor: cheap, and needed most when there is too much to do. */
const UNLIMITED = new Set<string>([pathTo('/healthz'), pathTo('/readyz'), pathTo('/metrics')]);

export function createTurns(
  traffic: Traffic,
  trustProxy: number,
  pause: () => Promise<unknown> = () => delay(REFUSED_AFTER, undefined, { ref: false }),
): Turns {
  const pages = createFairQueue(PAGES);
  const slow = createFairQueue(SLOW);
  const refused = createFairQueue(REFUSED);
  return {
    pause,

    async take(request) {
      const path = pathOf(request);
      const asker = askerOf(request, path, trustProxy);
      if (UNLIMITED.has(path)) return { asker, giveBack: () => {} };
      const isPage = request.method !== 'POST' && !path.endsWith('.png');
      const giveBack = await (isPage ? pages : slow).take(asker);
      traffic.countWork(giveBack ? 'made' : 'refused');
      if (!giveBack) await pause();
      return giveBack && { asker, giveBack };
    },

    async takeRefused(request) {
      const asker = askerOf(request, pathOf(request), trustProxy);
      const giveBack = await refused.take(asker);
      return giveBack && { asker, giveBack };
    },
  };
}

/** Who sent a request: its network, its address, and what it asks for. */
export function askerOf(request: IncomingMessage, path: string, trustProxy: number): Asker {
  const forwardedFor = request.headers['x-forwarded-for'];
  const address = clientAddress(
    request.socket.remoteAddress ?? '',
    forwardedFor === undefined ? null : String(forwardedFor),
    trustProxy,
  );
  return [widerNetworkOf(address), networkOf(address), path];
}

/** The path of a request, without its query. */
export function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? url;
}
