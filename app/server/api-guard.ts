import type { AppContext } from '~/platform/app-context';
import type { Wanted } from './api/answers';
import { readCursor, writeCursor } from './api/cursor';
import { MOST_IN_ANSWER, USUAL_IN_ANSWER } from './api/limits';
import { problem } from './data-response';

/**
 * Which page of an answer a request wants.
 * @throws Response a problem that names what cannot be understood.
 */
export function requireWanted({ config }: AppContext, request: Request): Wanted {
  const { pathname, searchParams } = new URL(request.url);
  const cursor = searchParams.get('cursor');
  const after = cursor === null ? null : readCursor(cursor);
  if (cursor !== null && after === null) throw badParameter('cursor');
  const limit = searchParams.get('limit') ?? String(USUAL_IN_ANSWER);
  if (!/^[1-9]\d{0,2}$/.test(limit) || Number(limit) > MOST_IN_ANSWER) throw badParameter('limit');
  return {
    after,
    limit: Number(limit),
    next: (last) => {
      const query = new URLSearchParams(searchParams);
      query.set('cursor', writeCursor(last));
      return `${config.origin}${pathname}?${query}`;
    },
  };
}

export function badParameter(...names: string[]): Response {
  const detail = `These parameters cannot be understood: ${names.join(', ')}. See /api/v1/openapi.json.`;
  return problem(400, 'Bad Request', detail);
}

export function noSuchThing(): Response {
  return problem(404, 'Not Found', 'There is nothing public at this address.');
}
