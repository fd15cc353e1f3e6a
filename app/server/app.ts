import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { HttpBindings } from '@hono/node-server';
import type { AppLoadContext } from '@remix-run/node';
import { type Context, Hono } from 'hono';
import { keepForm } from '~/domain/publishing/pending-submissions';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import type { KeptForm } from '~/platform/form-state';
import { pathTo } from '~/platform/paths';
import { onBehalfOf } from '~/platform/rate-limits/current-asker';
import { isStorageTrouble } from '~db/storage-errors';
import type { Answer } from './answer';
import type { Assets } from './assets';
import { beginRequest } from './begin-request';
import { busyAnswer, tooLargeAnswer } from './busy';
import { clientAddress } from './client-address';
import { compressed } from './compression';
import { hasSessionCookie } from './cookies';
import { readEmbedOptions } from './embed';
import {
  cacheControl,
  embeddedFormHeaders,
  embeddedHeaders,
  isEmbedded,
  securityHeaders,
} from './headers';
import { hasTooManyFields, readKeptForm, writtenTexts } from './kept-form';
import { type Log, loggablePath } from './log';
import type { Traffic } from './metrics';
import { isOwnHost, isOwnOrigin } from './origin';
import { createBodyReader, LARGEST_BODY } from './request-body';
import type { RequestContext } from './request-context';
import { askerOf, type Turn, type Turns } from './turns';

/** Responds to a request with the matching route. */
export type RouteHandler = (request: Request, context: AppLoadContext) => Promise<Response>;

export interface AppOptions {
  app: AppContext;
  routes: RouteHandler;
  assets: Assets;
  log: Log;
  traffic: Traffic;
  turns: Turns;
}

/** What Node's server and the page cache hand over with a request. */
export interface Bindings extends HttpBindings {
  /** Taken for this request already. */
  turn?: Turn | undefined;
  /** True if the response is stored and sent to many visitors. */
  isStored?: boolean;
}

/** What was sent in a form, in case it cannot be processed. */
interface Sent {
  kept: KeptForm | null;
  tooLarge: boolean;
}

const NOTHING: Sent = { kept: null, tooLarge: false };

/** Allowed methods for all URLs; a page without a form refuses POST itself. */
const Allow = 'GET, HEAD, POST, OPTIONS';

/** Reads what was written in the form of a request; null if nothing was. */
type ReadKept = () => KeptForm | null;

/** The pages to which a form leads whose sender has to authenticate first. */
const LOGINS = [pathTo('/login'), pathTo('/login/again')];

const NOTHING_KEPT: ReadKept = () => null;

/** The forms of requests in progress. */
const keptOf = new WeakMap<Request, ReadKept>();

/** Creates the HTTP application: log, headers, static files, guards, then the routes. */
export function createApp({ app, routes, assets, log, traffic, turns }: AppOptions): Hono {
  const hono = new Hono();
  const always = securityHeaders(app.config);
  const bodies = createBodyReader();

  /** Makes a response when it is the client's turn; 503 with the form if too many wait. */
  async function inTurn(
    c: Context,
    readKept: ReadKept,
    make: () => Promise<Answer>,
  ): Promise<Answer> {
    const { incoming, turn: taken } = c.env as Bindings;
    const turn = taken ?? (await turns.take(incoming));
    if (!turn) return refuse(c, readKept);
    try {
      return incoming.socket.destroyed ? nobodyThere() : await onBehalfOf(turn.asker, make);
    } finally {
      turn.giveBack();
    }
  }

  /** Answers 503, with the form as far as reading it keeps nobody else waiting. */
  async function refuse(c: Context, readKept: ReadKept): Promise<Answer> {
    const { incoming } = c.env as Bindings;
    const turn = readKept === NOTHING_KEPT ? null : await turns.takeRefused(incoming);
    try {
      return busyAnswer(c.req.path, incoming.headers, turn && readKept());
    } finally {
      turn?.giveBack();
    }
  }

  async function page(
    request: Request,
    c: Context,
    requestId: string,
    sent: Sent,
  ): Promise<Answer> {
    const address = clientAddress(
      (c.env as Bindings).incoming.socket.remoteAddress ?? '',
      request.headers.get('X-Forwarded-For'),
      app.config.trustProxy,
    );
    const visit = await beginRequest(app, request, { requestId, address, ...sent });
    const response = await routes(request, { app, log, visit, traffic });
    const headers = new Headers(response.headers);
    if (sent.kept && request.method === 'POST') {
      const way = loginInTheWay(request, visit, response);
      // An error page instead of the form: the text must be in it.
      if (!way && response.status >= 400 && visit.answered !== response.status) {
        return problemPage(response.status, c, requestId, sent.kept);
      }
      if (way) {
        const login = await loginKeeping(way, sent.kept, address, visit.i18n.locale);
        if (typeof login === 'number') return problemPage(login, c, requestId, sent.kept);
        return { status: 303, headers: new Headers({ Location: login }), body: null };
      }
    }
    for (const [name, value] of visit.headers) headers.append(name, value);
    const { pathname } = new URL(request.url);
    // Within other sites there are no cookies, whatever a route shares with the site's own pages.
    if (isEmbedded(pathname)) headers.delete('Set-Cookie');
    if (!headers.has('Cache-Control')) {
      headers.set('Cache-Control', cacheControl(pathname, visit.visitor.person !== null));
    }
    const answer = { status: response.status, headers, body: response.body };
    // Compressing is part of the turn: its threads are few, and serve whoever comes first.
    const { isStored = false } = c.env as Bindings;
    return compressed(answer, request.headers.get('Accept-Encoding'), isStored);
  }

  /** Returns the response of a route; a bare status code becomes the page that explains it. */
  async function answer(
    request: Request,
    c: Context,
    requestId: string,
    sent = NOTHING,
  ): Promise<Answer> {
    const response = await page(request, c, requestId, sent);
    const bare = response.status >= 400 && !response.headers.has('Content-Type');
    return bare ? problemPage(response.status, c, requestId, sent.kept) : response;
  }

  /**
   * Returns the login page that leads to the text of a person who has to log in, or to authenticate
   * again; if the text cannot be stored, the status of the page that shows it.
   */
  async function loginKeeping(
    login: (typeof LOGINS)[number],
    kept: KeptForm,
    address: string,
    language: string,
  ): Promise<string | number> {
    try {
      const token = await keepForm(app, kept, { address, language });
      const back = pathTo('/kept/:token', { token });
      return `${login}?redirectTo=${encodeURIComponent(back)}`;
    } catch (error) {
      if (isStorageTrouble(error)) return 503;
      if (error instanceof DomainError) return error.kind === 'too-many' ? 429 : 413;
      throw error;
    }
  }

  /** Refuses a request with the page that explains why. */
  function problem(
    status: number,
    c: Context,
    requestId: string,
    readKept = NOTHING_KEPT,
  ): Promise<Answer> {
    // Another site may have filled in what it sent: that is not offered to be sent again.
    const again = status === 403 ? NOTHING_KEPT : readKept;
    return inTurn(c, again, () => problemPage(status, c, requestId, readKept()));
  }

  /** Returns the page that explains why a request was refused, with that status. */
  function problemPage(
    status: number,
    c: Context,
    requestId: string,
    kept: KeptForm | null,
  ): Promise<Answer> {
    const { search } = new URL(c.req.url);
    const path = isEmbedded(c.req.path)
      ? pathTo('/embed/problem/:status', { status }) + search
      : pathTo('/problem/:status', { status });
    const address = new URL(path, c.req.url);
    const request = new Request(address, { headers: c.req.raw.headers });
    return page(request, c, requestId, { ...NOTHING, kept });
  }

  /** The headers that every response has unless its route says otherwise. */
  function headersOf(c: Context, status: number, headers: Headers): Record<string, string> {
    if (!isEmbedded(c.req.path)) return always;
    const { resize } = readEmbedOptions(new URL(c.req.url).searchParams);
    // A page with a form says itself who may show it, also when the form comes back with errors.
    const isShown = status < 400 || headers.has('Content-Security-Policy');
    if (isShown) return embeddedHeaders(app.config, resize);
    // An error page within another site only gives back what was written there.
    return keptOf.get(c.req.raw)?.() ? embeddedFormHeaders(app.config, resize) : always;
  }

  async function respond(c: Context, requestId: string): Promise<Answer> {
    const request = c.req.raw;
    const { method, path } = c.req;
    if (!isOwnHost(request.headers.get('Host') ?? undefined, app.config.origin)) {
      return misdirected(app.config.origin);
    }
    if (method === 'OPTIONS') return { status: 204, headers: new Headers({ Allow }), body: null };
    // In a link, a path that starts with // would point to another host.
    const { pathname } = new URL(request.url);
    // Remix's router would print a path that cannot be decoded, with any secret in it.
    if (pathname.startsWith('//') || !isDecodable(pathname)) return problem(404, c, requestId);
    if (method === 'GET' || method === 'HEAD') {
      const file = assets(path, request.headers.get('Accept-Encoding'));
      if (file) return file;
      // Remix's URL for the data of a page: no page here uses it.
      if (path.endsWith('.data')) return problem(404, c, requestId);
      return inTurn(c, NOTHING_KEPT, () => answer(request, c, requestId));
    }
    // One-click unsubscribe (RFC 8058) is sent by email programs, without an Origin; the URL itself
    // is the secret.
    const fromMail = /^\/(subscriptions|mail)\/[^/]+\/unsubscribe$/.test(path);
    const isForeign = !fromMail && !isOwnOrigin(request.headers, app.config.origin);
    if (method !== 'POST' || path.endsWith('.data')) {
      return problem(isForeign ? 403 : 405, c, requestId);
    }
    const { incoming } = c.env as Bindings;
    const [, address = ''] = askerOf(incoming, path, app.config.trustProxy);
    const body = await bodies.read(request, address);
    if (body === 'busy' || body === 'too-large' || hasTooManyFields(request, body)) {
      await turns.pause();
      const { headers } = incoming;
      return body === 'busy' ? busyAnswer(path, headers, null) : tooLargeAnswer(headers);
    }
    const readKept = once(() => readKeptForm(request, body));
    keptOf.set(request, readKept);
    if (isForeign) return problem(403, c, requestId, readKept);
    const { url } = request;
    const headers = new Headers(request.headers);
    // Remix compares the Origin, already checked above, with the Host header, which a proxy may
    // have changed.
    const origin = headers.get('Origin');
    if (origin && URL.canParse(origin)) {
      headers.set('Host', new URL(origin).host);
      headers.delete('X-Forwarded-Host');
    }
    return inTurn(c, readKept, async () => {
      const kept = readKept();
      const tooLarge = body.length > LARGEST_BODY;
      if (tooLarge && !(kept && writtenTexts(kept))) return problemPage(413, c, requestId, null);
      const form = new Request(url, { method, headers, body });
      return answer(form, c, requestId, { kept, tooLarge });
    });
  }

  hono.all('*', async (c) => {
    const requestId = randomUUID();
    const started = performance.now();
    const { status, headers, body } = await respond(c, requestId).catch((error) =>
      failure(error, c, requestId, { log, kept: keptOf.get(c.req.raw)?.() }),
    );
    if (status === 405)
      headers.set('Allow', c.req.method === 'POST' ? 'GET, HEAD, OPTIONS' : Allow);
    for (const [name, value] of Object.entries(headersOf(c, status, headers))) {
      if (!headers.has(name)) headers.set(name, value);
    }
    headers.set('X-Request-Id', requestId);
    const ms = performance.now() - started;
    traffic.count(status, ms);
    log.info(
      {
        requestId,
        method: c.req.method,
        path: loggablePath(c.req.path),
        status,
        ms: Math.round(ms),
      },
      'request',
    );
    const report = (err: unknown) => log.error({ err, requestId }, 'a response was cut off');
    return new Response(reported(body, report), { status, headers });
  });

  return hono;
}

/**
 * Returns the login page through which the sender of a form has to go first; undefined if there is none. Pages of
 * moderators are missing for everyone else, so also for a moderator whose session has ended.
 */
function loginInTheWay(
  request: Request,
  { visitor }: RequestContext,
  { status, headers }: Response,
) {
  const hasEnded = !visitor.person && hasSessionCookie(request.headers.get('Cookie'));
  if (status === 404 && hasEnded && !isEmbedded(new URL(request.url).pathname)) return LOGINS[0];
  const [to, query] = headers.get('Location')?.split('?', 2) ?? [];
  return query ? LOGINS.find((login) => login === to) : undefined;
}

/** For the log only: the client has disconnected. */
function nobodyThere(): Answer {
  return { status: 499, headers: new Headers(), body: null };
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** The response to a request under another site's name (RFC 9110, 15.5.20). */
function misdirected(origin: string): Answer {
  return {
    status: 421,
    headers: new Headers({ 'Content-Type': 'text/plain; charset=utf-8' }),
    body: Buffer.from(`421: this site is at ${origin}\n`),
  };
}

/** A streamed body whose errors are reported here; the HTTP library would send their message. */
function reported(body: Answer['body'], report: (error: unknown) => void): Answer['body'] {
  if (!(body instanceof ReadableStream)) return body;
  const chunks = async function* () {
    try {
      yield* body as unknown as AsyncIterable<Uint8Array<ArrayBuffer>>;
    } catch (error) {
      report(error);
      throw new Error('the response was cut off');
    }
  };
  return Readable.toWeb(Readable.from(chunks())) as Answer['body'];
}

/** The response when even the error page fails, for example if the database cannot be read. */
function failure(
  error: unknown,
  c: Context,
  requestId: string,
  { log, kept }: { log: Log; kept?: KeptForm | null | undefined },
): Answer {
  const { incoming } = c.env as HttpBindings;
  // The client has disconnected, so this is not an error.
  if (incoming.socket.destroyed) return nobodyThere();
  log.error({ err: error, requestId }, 'unexpected error');
  const status = isStorageTrouble(error) ? 503 : 500;
  return {
    status,
    headers: new Headers({ 'Content-Type': 'text/plain; charset=utf-8', 'Retry-After': '30' }),
    body: Buffer.from(
      `${status}: please try again in a minute. Request ${requestId}\n${kept ? `\nThis is what you wrote:\n\n${writtenTexts(kept)}\n` : ''}`,
    ),
  };
}

/** Calls a function at the first use of its result. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
