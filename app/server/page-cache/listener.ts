import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LRUCache } from 'lru-cache';
import type { AppContext } from '~/platform/app-context';
import { DAY } from '~/platform/clock';
import type { Bindings } from '~/server/app';
import { offeredLocale, wishedLocales } from '~/server/begin-request';
import { busyAnswer } from '~/server/busy';
import { acceptedEncoding } from '~/server/compression';
import { hasPlaceCookie, hasSessionCookie } from '~/server/cookies';
import { mayAnswerIn } from '~/server/embed';
import { tagIsKnown } from '~/server/etag';
import { isEmbedded, securityHeaders } from '~/server/headers';
import { type Log, loggablePath } from '~/server/log';
import type { Traffic } from '~/server/metrics';
import { isOwnHost } from '~/server/origin';
import { pathOf, type Turn, type Turns } from '~/server/turns';
import { newestVersion, readAtVersion } from '~db/tracked-reads';
import { sharedAddress } from './pages';

/** Handles a request of Node's HTTP server completely. */
export type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

export interface PageCacheOptions {
  app: AppContext;
  /** Makes the response if it is not in the cache. */
  fetch: (request: Request, bindings: Bindings) => Response | Promise<Response>;
  /** Handles all requests that are not for shared pages, in a turn that was taken already. */
  otherwise: (request: IncomingMessage, response: ServerResponse, turn?: Turn) => unknown;
  /** True for a file that is sent as it is. */
  isAsset: (path: string) => boolean;
  /** The build and configuration that make the pages: another may send different headers. */
  program: string;
  log: Log;
  traffic: Traffic;
  turns: Turns;
}

/** A stored response. */
interface StoredPage {
  /** The tags of everything that was read to make it. */
  tags: string[];
  /** The newest version among its tags at the time it was made. */
  version: number;
  /** The day (UTC) it was made: some pages say "the last 90 days" or "until now". */
  day: number;
  etag: string;
  /** The request headers that the response also depends on. */
  vary: string;
  /** Names and values alternating, as `writeHead` takes them. */
  headers: string[];
  body: Buffer;
}

/** The response made for a request, with the request id used in metrics and log. */
interface Made {
  requestId: string;
  /** Under which it is stored: by the languages that the site offered when it was made. */
  key: string;
  /** Null if the response is for one visitor only. */
  page: StoredPage | null;
  response: Response;
  /** True if no data it shows changed while it was made, so that it can be stored. */
  settled: boolean;
}

/** Longer URLs are not cached, because real links are shorter. */
const LONGEST_ADDRESS = 1024;
/** Size limit for all stored pages, in bytes; a page is about 10 kB. */
const LARGEST_STORE = 32 * 1024 * 1024;
/** Size limit for one page: a quarter of the total. */
const LARGEST_PAGE = LARGEST_STORE / 4;
/** Approximate bytes of an entry besides its body. */
const OVERHEAD = 2048;

const VARY = 'Accept-Encoding, Accept-Language, Cookie';
/** Whether an embedded page takes answers depends on the site around it. */
const VARY_EMBEDDED = 'Accept-Encoding, Accept-Language, Referer, Sec-Fetch-Site';

/** Caches must revalidate each time, so that hidden content disappears everywhere at once. */
const CACHE_CONTROL = 'public, no-cache';

/**
 * Handles requests before the routes and serves pages that are the same for all visitors without a
 * session from memory. Before each response one query checks that the data has not changed since,
 * in this or any other process. The ETag is computed from the bytes, so a repeated visit gets a
 * 304.
 */
export function pageCache(options: PageCacheOptions): Listener {
  const { app, otherwise, isAsset, log, turns } = options;
  const refuse = refuser(options);
  const { reader } = app.db;
  const store = new LRUCache<string, StoredPage>({
    maxSize: LARGEST_STORE,
    maxEntrySize: LARGEST_PAGE,
    sizeCalculation: ({ body }, key) => body.length + key.length * 2 + OVERHEAD,
  });
  const making = new Map<string, Promise<Made>>();

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    address: string,
    turn?: Turn,
  ): Promise<void> {
    const started = performance.now();
    const keyNow = () => storeKey(app, request, address);
    const key = keyNow();
    const stored = store.get(key);
    if (stored && (await isCurrent(stored))) return sendAgain(stored);

    const others = making.get(key);
    if (others) {
      const { page, settled, key: made } = await others;
      if (!page) {
        turn?.giveBack();
        return answerAlone(request, response);
      }
      const isOurs = settled && made === keyNow();
      return isOurs ? sendAgain(page) : answer(request, response, address, turn);
    }
    if (!turn) {
      const taken = await turns.take(request);
      if (!taken) return refuse(request, response);
      // The page may have been made while this client waited.
      return answer(request, response, address, taken).finally(taken.giveBack);
    }
    const work = make(request, response, address, turn, () => {
      // Unless someone makes the next one already.
      if (making.get(key) === work) making.delete(key);
    });
    making.set(key, work);
    const made = await work;
    if (!made.page) return pass(made.response, request, response);
    if (made.settled) store.set(made.key, made.page);
    send(made.page, request, response, made.requestId);

    function sendAgain(page: StoredPage) {
      const requestId = randomUUID();
      const status = send(page, request, response, requestId);
      count(options, request, status, requestId, started);
    }
  }

  /** Answers what cannot be shared. A form is read before it waits for its turn. */
  async function answerAlone(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isForm = request.method !== 'GET' && request.method !== 'HEAD';
    if (isForm || isAsset(pathOf(request))) return void otherwise(request, response);
    const turn = await turns.take(request);
    if (!turn) return refuse(request, response);
    response.once('close', turn.giveBack);
    otherwise(request, response, turn);
  }

  async function isCurrent({ day, tags, version }: StoredPage): Promise<boolean> {
    return day === today() && version === (await newestVersion(reader, tags));
  }

  /** Calls `over` as soon as requests may need newer data than this page will show, or if it fails. */
  async function make(
    request: IncomingMessage,
    response: ServerResponse,
    address: string,
    turn: Turn,
    over: () => void,
  ): Promise<Made> {
    const day = today();
    const { result, tags, version, settled } = await readAtVersion(reader, () =>
      fetchShared(options, request, response, address, turn).finally(over),
    ).finally(over);
    const requestId = result.response.headers.get('X-Request-Id') ?? '';
    const about = { ...result, requestId, key: storeKey(app, request, address) };
    if (!result.body || !tags) return { ...about, page: null, settled: false };
    const page = {
      tags,
      version,
      day,
      ...written(result.response, result.body, options.program, address),
    };
    return { ...about, page, settled };
  }

  const today = () => Math.floor(app.clock.now() / DAY);

  return (request, response) => {
    const ours = isOwnHost(request.headers.host, app.config.origin);
    if (!ours) return otherwise(request, response);
    const address = sharedAddressOf(request);
    const work =
      address === null ? answerAlone(request, response) : answer(request, response, address);
    work.catch((error: unknown) => {
      log.error({ err: error }, 'shared page failed');
      if (response.headersSent) response.destroy();
      // If the database fails, the application has its own error page.
      else otherwise(request, response);
    });
  };
}

/** Returns the shared page's address for a request; null if the response depends on the visitor. */
function sharedAddressOf({ method, url = '/', headers }: IncomingMessage): string | null {
  if (method !== 'GET' && method !== 'HEAD') return null;
  // Other conditional requests are left to the application.
  const tags = headers['if-none-match'];
  if (tags?.trim() === '*' || (headers['if-modified-since'] && !tags)) return null;
  if (headers.range || url.length > LONGEST_ADDRESS) return null;
  const cookies = headers.cookie ?? null;
  if (hasSessionCookie(cookies) || hasPlaceCookie(cookies)) return null;
  return sharedAddress(url);
}

/**
 * Returns the key of the page that a request gets: visitors who get the same language share it. Which
 * languages the site offers can change until the page is made.
 */
function storeKey(
  { community, config }: AppContext,
  { headers }: IncomingMessage,
  address: string,
): string {
  const wished = wishedLocales(headers.cookie ?? null, headers['accept-language'] ?? null);
  const language = offeredLocale(wished, community.settings);
  const encoding = acceptedEncoding(String(headers['accept-encoding'] ?? '')) ?? 'identity';
  const asks = isEmbedded(address) && mayAnswerIn(headers, config);
  return `${language} ${encoding} ${asks ? 'asking ' : ''}${address}`;
}

/** Makes the response for any visitor with an unconditional GET; reads the body of a 200. */
async function fetchShared(
  { fetch, app }: PageCacheOptions,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  address: string,
  turn: Turn,
): Promise<{ response: Response; body: Buffer | null }> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (name !== 'if-none-match') headers.set(name, String(value));
  }
  const request = new Request(new URL(address, app.config.origin), { headers });
  const response = await fetch(request, { incoming, outgoing, turn, isStored: true });
  const whole = response.status === 200 && response.headers.getSetCookie().length === 0;
  return { response, body: whole ? Buffer.from(await response.arrayBuffer()) : null };
}

/** Returns the stored form of a response that is the same for everyone. */
function written({ headers }: Response, body: Buffer, program: string, address: string) {
  const hash = createHash('sha256').update(program).update(body).digest('base64url');
  const etag = `W/"${hash.slice(0, 27)}"`;
  const vary = isEmbedded(address) ? VARY_EMBEDDED : VARY;
  headers.delete('X-Request-Id');
  headers.set('ETag', etag);
  headers.set('Cache-Control', CACHE_CONTROL);
  headers.set('Vary', vary);
  headers.set('Content-Length', String(body.length));
  return { etag, vary, headers: [...headers].flat(), body };
}

/** Sends a page, or 304 if the client already has it. Returns the status. */
function send(
  { etag, vary, headers, body }: StoredPage,
  { method, headers: { 'if-none-match': known } }: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): number {
  const status = tagIsKnown(known ?? null, etag) ? 304 : 200;
  const shown =
    status === 200 ? headers : ['ETag', etag, 'Cache-Control', CACHE_CONTROL, 'Vary', vary];
  response.writeHead(status, [...shown, 'X-Request-Id', requestId]);
  response.end(status === 304 || method === 'HEAD' ? undefined : body);
  return status;
}

/** Refuses requests without a form as cheaply as can be: no request of the web's kind, no route. */
function refuser({ app, log, traffic }: PageCacheOptions) {
  const always = Object.entries(securityHeaders(app.config)).flat();
  return (request: IncomingMessage, response: ServerResponse) => {
    const requestId = randomUUID();
    const { status, headers, body } = busyAnswer(pathOf(request), request.headers, null);
    if (!response.destroyed) {
      response.writeHead(status, [...always, ...[...headers].flat(), 'X-Request-Id', requestId]);
      response.end(request.method === 'HEAD' ? undefined : body);
    }
    count({ log, traffic }, request, status, requestId, performance.now());
  };
}

/** Sends a response that was made for one visitor only. */
async function pass(made: Response, request: IncomingMessage, response: ServerResponse) {
  const cookies = made.headers.getSetCookie();
  made.headers.delete('Set-Cookie');
  const headers = [...made.headers, ...cookies.map((line) => ['Set-Cookie', line])].flat();
  const body = Buffer.from(await made.arrayBuffer());
  response.writeHead(made.status, headers);
  response.end(request.method === 'HEAD' ? undefined : body);
}

function count(
  { traffic, log }: Pick<PageCacheOptions, 'traffic' | 'log'>,
  request: IncomingMessage,
  status: number,
  requestId: string,
  started: number,
): void {
  const ms = performance.now() - started;
  traffic.count(status, ms);
  const { method } = request;
  const path = loggablePath(pathOf(request));
  log.info({ requestId, method, path, status, ms: Math.round(ms) }, 'request');
}
