import { createRequestHandler, type ServerBuild } from '@remix-run/server-runtime';
import { keepData } from './loader-data-bypass';

type Handler = ReturnType<typeof createRequestHandler>;

/**
 * Remix's handler over the routes. It looks through every route several times for each request, so
 * there is one for each first part of a path ("threads", "mod"), with the routes that can match
 * there; and what loaders give stays here instead of being serialised for a browser.
 */
export function createRouteHandler(build: ServerBuild): Handler {
  const kept = { ...build, routes: keepData(build.routes) };
  const whole = createRequestHandler(kept, 'production');
  const handlers = new Map<string, Handler>();
  for (const part of ['/', ...firstParts(kept)]) {
    handlers.set(part, createRequestHandler(withRoutesOf(part, kept), 'production'));
  }
  return (request, context) => {
    const { pathname } = new URL(request.url);
    const [, part = ''] = pathname.split('/', 2);
    // Anything unusual, as an encoded or a doubled stroke, is looked up among all routes.
    return (handlers.get(pathname === '/' ? '/' : part) ?? whole)(request, context);
  };
}

/** The first parts of paths that are written out. */
function firstParts(build: ServerBuild): Set<string> {
  const parts = Object.keys(build.routes).map((id) => firstPart(build, id));
  return new Set(parts.filter((part) => part !== null && /^[a-z0-9-]+$/.test(part)) as string[]);
}

/** The first part of a route's path; null where a route does not say it. */
function firstPart({ routes }: ServerBuild, id: string): string | null {
  const path: string[] = [];
  for (let route = routes[id]; route; route = routes[route.parentId ?? '']) {
    if (route.path) path.unshift(route.path);
  }
  return path.join('/').split('/', 1)[0] || null;
}

/** The same program with those routes alone that can match below a first part. */
function withRoutesOf(part: string, build: ServerBuild): ServerBuild {
  const matches = (id: string) => {
    const first = firstPart(build, id);
    return first === null || first === part || /^[:*]/.test(first);
  };
  const only = <T>(routes: Record<string, T>) =>
    Object.fromEntries(Object.entries(routes).filter(([id]) => matches(id)));
  return {
    ...build,
    routes: only(build.routes),
    assets: { ...build.assets, routes: only(build.assets.routes) },
  };
}
