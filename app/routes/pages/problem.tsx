import type { LoaderFunctionArgs } from '@remix-run/node';

/** The error page: the server renders it for requests that it refuses. */
export function loader({ params }: LoaderFunctionArgs) {
  const status = Number(params.status);
  const known = [403, 405, 413, 415, 429, 500, 503].includes(status);
  throw new Response(null, { status: known ? status : 404 });
}

export default function Problem() {
  return null;
}
