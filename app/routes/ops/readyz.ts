import type { LoaderFunctionArgs } from '@remix-run/node';

/** 200 if the database responds and has the newest schema; otherwise 503. */
export async function loader({ context }: LoaderFunctionArgs) {
  const problem = await context.app.db.notReady();
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' };
  if (problem) return new Response(`${problem}\n`, { status: 503, headers });
  return new Response('ready\n', { headers });
}
