import type { LoaderFunction, ServerBuild } from '@remix-run/server-runtime';

type Routes = ServerBuild['routes'];

/** What becomes of a request for a page between the loaders and the answer. */
export interface BypassedData {
  /** What loaders gave, by route. */
  data: Record<string, unknown>;
  /** The page; none where the answer is something else. */
  html?: string;
}

/**
 * Remix serialises what loaders give for the browser's scripts; no page here has one. So loaders of
 * pages put it aside, and `returnData` puts it back before the page is drawn.
 */
export function keepData(routes: Routes): Routes {
  return Object.fromEntries(
    Object.entries(routes).map(([id, route]) => {
      const { default: isPage, loader } = route.module;
      if (!isPage || !loader) return [id, route];
      return [id, { ...route, module: { ...route.module, loader: keeping(id, loader) } }];
    }),
  ) as Routes;
}

/** Puts the data back where a page is drawn from. */
export function returnData(loaderData: Record<string, unknown>, kept: BypassedData['data']): void {
  for (const id of Object.keys(loaderData)) {
    if (id in kept) loaderData[id] = kept[id];
  }
}

function keeping(id: string, loader: LoaderFunction): LoaderFunction {
  return async (args) => {
    const result = await loader(args);
    if (isResponse(result)) return result;
    const { data } = args.context.page;
    if (!isWithInit(result)) {
      data[id] = result;
      return null;
    }
    data[id] = result.data;
    return { ...result, data: null };
  };
}

/** A redirect, say; Remix tells it by its shape as well. */
function isResponse(value: unknown): value is Response {
  return has(value, 'status') && has(value, 'headers') && has(value, 'body');
}

/** What `data()` gives: the data, with a status or headers. */
function isWithInit(value: unknown): value is { type: string; data: unknown } {
  return has(value, 'type') && value.type === 'DataWithResponseInit' && has(value, 'data');
}

function has<Name extends string>(value: unknown, name: Name): value is Record<Name, unknown> {
  return typeof value === 'object' && value !== null && name in value;
}
