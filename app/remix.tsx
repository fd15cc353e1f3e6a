/**
 * Everything that knows how Remix handles a request; the routes know only its hooks and types. Why
 * each part is here, and what a move to React Router 7 changes: docs/decisions/0048-one-program.md.
 */
import { RemixServer } from '@remix-run/react';
import {
  createRequestHandler,
  type EntryContext,
  type LoaderFunction,
  type ServerBuild,
} from '@remix-run/server-runtime';
import { renderToString } from 'react-dom/server';
import config from '../remix.config.js';
import * as root from './root';
import { TABLE } from './routes';
import type { RouteHandler } from './server/app';
import { reportError } from './server/errors';

type Routes = ServerBuild['routes'];
type RouteModule = Routes[string]['module'];

const files = import.meta.glob<RouteModule>('./routes/**/*.{ts,tsx}', { eager: true });

/** Every route by its id, below the root that frames them all. */
export const routes: Routes = { root: { id: 'root', path: '', module: root } };
for (const [pattern, file, id = file.replace(/\.tsx?$/, '')] of TABLE) {
  const module = files[`./${file}`];
  if (!module || routes[id]) throw new Error(`app/routes.ts: no file ${file}, or no id of its own`);
  const where = pattern === '/' ? { index: true } : { path: pattern.slice(1) };
  routes[id] = { id, parentId: 'root', ...where, module };
}

/**
 * Answers a request by its route. Remix looks through every route several times a request, so there
 * is a handler for each first part of a path ("threads", "mod") with the routes that can match it.
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
      // Remix would answer with the data of one route, or with an error of its own.
      url.searchParams.delete('_data');
      const { method, headers, body } = request;
      request = new Request(url, { method, headers, body, duplex: 'half' });
    }
    const part = pathname === '/' ? undefined : pathname.split('/', 2)[1];
    // An unusual spelling, such as an encoded letter, is looked up among all routes.
    return (handlers.get(part) ?? whole)(request, context);
  };
}

/** "threads" of `threads/new`; undefined for the front page. */
function firstPart({ path }: Routes[string]): string | undefined {
  return path?.split('/', 1)[0];
}

/** A handler over what Remix's own compiler would make of the routes, without scripts for browsers. */
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

/** Renders a page whole: without scripts in it there is nothing to stream to. */
function renderPage(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
): Response {
  const { loaderData } = context.staticHandlerContext;
  for (const [id, data] of Object.entries(loaderData)) {
    if (data instanceof Held) loaderData[id] = data.take();
  }
  const html = renderToString(<RemixServer context={context} url={request.url} />);
  headers.set('Content-Type', 'text/html; charset=utf-8');
  return new Response(`<!doctype html>${html}`, { status, headers });
}

/** Data whose inside Remix does not see, and so does not serialise for scripts in the page. */
class Held {
  readonly #data: unknown;
  constructor(data: unknown) {
    this.#data = data;
  }
  take(): unknown {
    return this.#data;
  }
}

/** The routes with what the loaders of pages return in `Held`. */
function holdLoaderData(routes: Routes): Routes {
  const hold = (loader: LoaderFunction): LoaderFunction => {
    return async (args) => {
      const result = await loader(args);
      if (result instanceof Response) return result;
      // What `data()` returns has a status or headers beside the data.
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
