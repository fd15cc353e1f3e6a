/**
 * The only code that knows how Remix handles a request; the routes use only its hooks and types.
 * The reason for each part, and what a move to React Router 7 would change, is in
 * docs/decisions/0048-one-program.md.
 */
import { RemixServer } from '@remix-run/react';
import {
  createRequestHandler,
  type EntryContext,
  type LoaderFunction,
  type ServerBuild,
} from '@remix-run/server-runtime';
import config from '../remix.config.js';
import { currentAsker } from './platform/rate-limits/current-asker';
import { createFairQueue } from './platform/rate-limits/fair-queue';
import * as root from './root';
import { TABLE } from './routes';
import type { RouteHandler } from './server/app';
import { reportError } from './server/errors';
import { draw } from './ui/drawn-once';

type Routes = ServerBuild['routes'];
type RouteModule = Routes[string]['module'];

const files = import.meta.glob<RouteModule>('./routes/**/*.{ts,tsx}', { eager: true });

/** All routes by id, as children of the root layout. */
export const routes: Routes = { root: { id: 'root', path: '', module: root } };
for (const [pattern, file, id = file.replace(/\.tsx?$/, '')] of TABLE) {
  const module = files[`./${file}`];
  if (!module || routes[id]) throw new Error(`app/routes.ts: no file ${file}, or no id of its own`);
  const where = pattern === '/' ? { index: true } : { path: pattern.slice(1) };
  routes[id] = { id, parentId: 'root', ...where, module };
}

/**
 * Returns the function that responds to requests by route. Remix goes through all routes several
 * times per request, so there is one handler for each first path segment ("threads", "mod") with
 * only the routes that can match it.
 */
export function createRouteHandler(): RouteHandler {
  const held = holdLoaderData(routes);
  const whole = handlerOf(held);
  const handlers = new Map<string | undefined, RouteHandler>();
  for (const part of new Set(Object.values(held).map(firstPart))) {
    const canMatch = (route: Routes[string]) =>
      route.id === 'root' || firstPart(route) === part || /^[:*]/.test(route.path ?? '');
    const below = Object.entries(held).filter(([, route]) => canMatch(route));
    handlers.set(part, handlerOf(Object.fromEntries(below)));
  }
  return (request, context) => {
    const url = new URL(request.url);
    const { pathname } = url;
    if (url.searchParams.has('_data')) {
      // With `_data` Remix would respond with the data of one route, or with its own error format.
      url.searchParams.delete('_data');
      const { method, headers, body } = request;
      request = new Request(url, { method, headers, body, duplex: 'half' });
    }
    const part = pathname === '/' ? undefined : pathname.split('/', 2)[1];
    // An unusual spelling, such as an encoded letter, is matched against all routes.
    return (handlers.get(part) ?? whole)(request, context);
  };
}

/** Returns "threads" for `threads/new`; undefined for the front page. */
function firstPart({ path }: Routes[string]): string | undefined {
  return path?.split('/', 1)[0];
}

/** Returns a handler like that of Remix's own compiler, without browser scripts. */
function handlerOf(routes: Routes): RouteHandler {
  const entries = Object.values(routes).map(({ module, ...route }) => [
    route.id,
    {
      ...route,
      module: '',
      hasLoader: module.loader !== undefined,
      hasAction: module.action !== undefined,
      hasErrorBoundary: module.ErrorBoundary !== undefined,
      hasClientLoader: false,
      hasClientAction: false,
    },
  ]);
  const build: ServerBuild = {
    mode: 'production',
    entry: { module: { default: renderPage, handleError: reportError } },
    routes,
    assets: {
      entry: { module: '', imports: [] },
      routes: Object.fromEntries(entries),
      url: '',
      version: '',
    },
    publicPath: config.publicPath,
    assetsBuildDirectory: '',
    future: config.future,
    isSpaMode: false,
  };
  return createRequestHandler(build, 'production');
}

/**
 * Rendering keeps the thread for some 10 ms, so pages are rendered one by one and in fair turns: a
 * visitor waits for one page of somebody else, not for the pages and forms of a crowd.
 */
const rendering = createFairQueue({
  places: 1,
  placesEach: 1,
  waitingEach: Number.POSITIVE_INFINITY,
  waitingInAll: Number.POSITIVE_INFINITY,
});

/** Renders a complete page: without scripts in it there is nothing to stream. */
async function renderPage(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
): Promise<Response> {
  const giveBack = await rendering.take(currentAsker(), { always: true });
  try {
    return renderNow(request, status, headers, context);
  } finally {
    giveBack?.();
  }
}

function renderNow(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
): Response {
  const { loaderData } = context.staticHandlerContext;
  for (const [id, data] of Object.entries(loaderData)) {
    if (data instanceof Held) loaderData[id] = data.take();
  }
  // Pages run no React in the browser, so they need none of its marks.
  const html = draw(<RemixServer context={context} url={request.url} />);
  headers.set('Content-Type', 'text/html; charset=utf-8');
  return new Response(`<!doctype html>${html}`, { status, headers });
}

/** A wrapper that hides loader data from Remix: it is not serialised for scripts. */
class Held {
  readonly #data: unknown;
  constructor(data: unknown) {
    this.#data = data;
  }
  take(): unknown {
    return this.#data;
  }
}

/** Returns the routes with the results of page loaders wrapped in `Held`. */
function holdLoaderData(routes: Routes): Routes {
  const hold = (loader: LoaderFunction): LoaderFunction => {
    return async (args) => {
      const result = await loader(args);
      if (result instanceof Response) return result;
      // The result of `data()` has a status or headers besides the data.
      return isDataWithInit(result) ? { ...result, data: new Held(result.data) } : new Held(result);
    };
  };
  return Object.fromEntries(
    Object.entries(routes).map(([id, route]) => {
      const { default: page, loader } = route.module;
      if (!page || !loader) return [id, route];
      return [id, { ...route, module: { ...route.module, loader: hold(loader) } }];
    }),
  );
}

function isDataWithInit(value: unknown): value is { data: unknown } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    value.type === 'DataWithResponseInit' &&
    'data' in value
  );
}
