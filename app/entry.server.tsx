import type { AppLoadContext, EntryContext } from '@remix-run/node';
import { RemixServer } from '@remix-run/react';
import { renderToString } from 'react-dom/server';
import { returnData } from './server/loader-data-bypass';

/**
 * Renders a page whole: no page carries a script, so there is nothing to stream to. The text is
 * put aside for `app/server/app.ts`, which sends it: a body would be copied on the way there.
 */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
  { page }: AppLoadContext,
): Response {
  returnData(context.staticHandlerContext.loaderData, page.data);
  const html = renderToString(<RemixServer context={context} url={request.url} />);
  page.html = `<!doctype html>${html}`;
  headers.set('Content-Type', 'text/html; charset=utf-8');
  return new Response(null, { status, headers });
}

export { reportError as handleError } from './server/errors';
