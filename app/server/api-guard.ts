import type { LoaderFunctionArgs } from '@remix-run/node';
import { LICENCE } from '~/domain/community/licence';
import { writeCursor } from './api/cursor';
import type { Endpoint } from './api/endpoints';
import { jsonData, problem } from './data-response';

/** The loader of an endpoint: reads its parameters, and checks its answer before it is sent. */
export function serve<E extends Endpoint>(endpoint: E) {
  return async ({ request, params, context: { app } }: LoaderFunctionArgs) => {
    const { pathname, searchParams } = new URL(request.url);
    // Of a parameter that is repeated the first counts.
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

export function badParameter(...names: string[]): Response {
  const detail = `These parameters cannot be understood: ${names.join(', ')}. See /api/v1/openapi.json.`;
  return problem(400, 'Bad Request', detail);
}

export function noSuchThing(): Response {
  return problem(404, 'Not Found', 'There is nothing public at this address.');
}
