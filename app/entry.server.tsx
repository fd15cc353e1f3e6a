import type { AppLoadContext, EntryContext } from '@remix-run/node';
import { RemixServer } from '@remix-run/react';
import { renderToString } from 'react-dom/server';
import { returnData } from '~/http/page-data';

/** Renders a page whole: no page carries a script, so there is nothing to stream to. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
  { pageData }: AppLoadContext,
): Response {
  returnData(context.staticHandlerContext.loaderData, pageData);
  const html = renderToString(<RemixServer context={context} url={request.url} />);
  headers.set('Content-Type', 'text/html; charset=utf-8');
  return new Response(`<!doctype html>${html}`, { status, headers });
}

export { reportError as handleError } from '~/http/errors';
