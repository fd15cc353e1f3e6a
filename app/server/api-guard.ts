import { problem } from './data-response';

export function badParameter(...names: string[]): Response {
  const detail = `These parameters cannot be understood: ${names.join(', ')}. See /api/v1/openapi.json.`;
  return problem(400, 'Bad Request', detail);
}

export function noSuchThing(): Response {
  return problem(404, 'Not Found', 'There is nothing public at this address.');
}
