import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AppContext } from '~/platform/app-context';
import { requestLocale } from '~/server/begin-request';
import { acceptedEncoding } from '~/server/compression';
import { hasSessionCookie } from '~/server/cookies';
import { tagIsKnown } from '~/server/etag';
import { type Log, loggablePath } from '~/server/log';
import type { Traffic } from '~/server/metrics';
import { readVersions } from '~db/page-versions';
import { type Dependencies, dependenciesOf } from './pages';
import { createStore, type StoredAnswer } from './store';

/** Handles a request of Node's server, wholly. */
export type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

export interface SharedOptions {
  app: AppContext;
  /** Where an answer is made that is not in store. */
  fetch: (request: Request, bindings: object) => Response | Promise<Response>;
  /** Where everything goes that is not shared. */
  otherwise: Listener;
  /** Says which program makes the pages: another one makes others of the same data. */
  program: string;
  log: Log;
  traffic: Traffic;
}

/** Longer addresses are nobody's bookmark. */
const LONGEST_ADDRESS = 1024;

/** What the answer to the same address also depends on. */
const VARY = 'Accept-Encoding, Accept-Language, Cookie';

/** Whoever keeps it asks again each time: what was hidden is gone from everywhere at once. */
const CACHE_CONTROL = 'public, no-cache';

/**
 * Stands before the routes and answers for pages that all visitors without a session share: from
 * memory, but never before one query has shown that nothing they depend on was written since,
 * here or by another process. The same mark is their ETag, so that a return visit costs a 304.
 */
export function sharedPages(options: SharedOptions): Listener {
  const { app, otherwise, log } = options;
  const store = createStore();
  const making = new Map<string, Promise<Made | Response>>();

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    page: SharedPage,
  ): Promise<void> {
    const started = performance.now();
    const versions = await readVersions(app.db.reader, page.keys);
    const version = page.day === null ? versions : `${versions}.${page.day}`;
    const tag = `W/"${page.mark}.${version}"`;
    const send = (status: number, headers: string[], body?: Buffer) => {
      const requestId = randomUUID();
      response.writeHead(status, [...headers, 'X-Request-Id', requestId]);
      response.end(request.method === 'HEAD' ? undefined : body);
      count(options, request, status, requestId, started);
    };
    const known = request.headers['if-none-match'];
    if (known && tagIsKnown(known, tag)) {
      return send(304, ['ETag', tag, 'Cache-Control', CACHE_CONTROL, 'Vary', VARY]);
    }
    const stored = store.get(page.key);
    if (stored?.version === version) return send(200, stored.headers, stored.body);

    const turn = `${version} ${page.key}`;
    const others = making.get(turn);
    if (others) {
      const made = await others;
      return made instanceof Response
        ? void otherwise(request, response)
        : send(200, made.answer.headers, made.answer.body);
    }
    const work = make(options, request, response, tag, version);
    making.set(turn, work);
    const made = await work.finally(() => making.delete(turn));
    if (made instanceof Response) return pass(made, request, response);
    store.set(page.key, made.answer);
    // It was counted and logged where it was made, by this id.
    response.writeHead(200, [...made.answer.headers, 'X-Request-Id', made.requestId]);
    response.end(request.method === 'HEAD' ? undefined : made.answer.body);
  }

  return (request, response) => {
    const page = sharedPage(request, options.program, app.clock.now());
    if (!page) return otherwise(request, response);
    answer(request, response, page).catch((error: unknown) => {
      log.error({ err: error }, 'shared page failed');
      if (response.headersSent) response.destroy();
      // Without its database a site has pages of its own to say so.
      else otherwise(request, response);
    });
  };
}

interface SharedPage extends Dependencies {
  /** Of the stored answer: language, compression, address. */
  key: string;
  /** What of the ETag is the same for all versions. */
  mark: string;
}

/** What a request is for, if anybody else without a session would get the same. */
function sharedPage(request: IncomingMessage, program: string, now: number): SharedPage | null {
  const { method, url = '/', headers } = request;
  if (method !== 'GET' && method !== 'HEAD') return null;
  // The conditions of other kinds are for whoever made the answer.
  const tags = headers['if-none-match'];
  if (tags?.trim() === '*' || (headers['if-modified-since'] && !tags)) return null;
  if (headers.range || url.length > LONGEST_ADDRESS) return null;
  const at = url.indexOf('?');
  const depends = dependenciesOf(at < 0 ? url : url.slice(0, at), now);
  if (!depends) return null;
  const cookies = headers.cookie ?? null;
  if (hasSessionCookie(cookies)) return null;
  const locale = requestLocale(cookies, headers['accept-language'] ?? null);
  const encoding = acceptedEncoding(String(headers['accept-encoding'] ?? '')) ?? 'identity';
  const mark = createHash('sha256').update(`${program} ${locale} ${url}`).digest('base64url');
  return { ...depends, key: `${locale} ${encoding} ${url}`, mark: mark.slice(0, 12) };
}

interface Made {
  answer: StoredAnswer;
  /** Of the request that it was made for. */
  requestId: string;
}

/** Has the answer made; one that is not for everybody is given back as it is. */
async function make(
  { fetch, app }: SharedOptions,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  tag: string,
  version: string,
): Promise<Made | Response> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (name !== 'if-none-match') headers.set(name, String(value));
  }
  const address = new URL(incoming.url ?? '/', app.config.origin);
  const response = await fetch(new Request(address, { headers }), { incoming, outgoing });
  const whole = response.status === 200 && response.headers.getSetCookie().length === 0;
  if (!whole) return response;
  const requestId = response.headers.get('X-Request-Id') ?? '';
  response.headers.delete('X-Request-Id');
  response.headers.set('ETag', tag);
  response.headers.set('Cache-Control', CACHE_CONTROL);
  response.headers.set('Vary', VARY);
  const body = Buffer.from(await response.arrayBuffer());
  response.headers.set('Content-Length', String(body.length));
  return { answer: { version, headers: [...response.headers].flat(), body }, requestId };
}

/** Sends an answer that was made for one visitor alone. */
async function pass(made: Response, request: IncomingMessage, response: ServerResponse) {
  const cookies = made.headers.getSetCookie();
  made.headers.delete('Set-Cookie');
  const headers = [...made.headers, ...cookies.map((line) => ['Set-Cookie', line])].flat();
  const body = Buffer.from(await made.arrayBuffer());
  response.writeHead(made.status, headers);
  response.end(request.method === 'HEAD' ? undefined : body);
}

function count(
  { traffic, log }: SharedOptions,
  { method, url = '/' }: IncomingMessage,
  status: number,
  requestId: string,
  started: number,
): void {
  const ms = performance.now() - started;
  traffic.count(status, ms);
  const path = loggablePath(url.split('?', 1)[0] ?? url);
  log.info({ requestId, method, path, status, ms: Math.round(ms) }, 'request');
}
