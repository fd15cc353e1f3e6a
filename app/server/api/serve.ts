import type { LoaderFunctionArgs } from '@remix-run/node';
import { LICENCE } from '~/domain/community/licence';
import { badParameter, noSuchThing } from '../api-guard';
import { jsonData } from '../data-response';
import { writeCursor } from './cursor';
import type { Endpoint } from './endpoints';

/** Returns an endpoint's loader: it reads parameters and validates the response. */
export function serve<E extends Endpoint>(endpoint: E) {
  return async ({ request, params, context: { app } }: LoaderFunctionArgs) => {
    const { pathname, searchParams } = new URL(request.url);
    // If a parameter is repeated, the first one counts.
    const query = Object.fromEntries([...searchParams].reverse());
    const { data: given, error } = endpoint.parameters.safeParse({ ...query, ...params });
    if (error) return badParameter(...new Set(error.issues.map(({ path }) => String(path[0]))));
    const next = (last: Parameters<typeof writeCursor>[0]) => {
      const rest = new URLSearchParams(searchParams);
      rest.set('cursor', writeCursor(last));
      return `${app.config.origin}${pathname}?${rest}`;
    };
    const found = await endpoint.load(app, { given, searchParams, next });
    if (!found) return noSuchThing();
    return jsonData(request, endpoint.answer.parse({ license: LICENCE, ...found }));
  };
}
