import { isRouteErrorResponse } from '@remix-run/react';
import type { RouteArgs } from './request-context';

/**
 * Logs an unexpected error. A disconnected client is none, nor a request that no page answers, such as
 * a POST to a page without a form.
 */
export function reportError(error: unknown, { request, context }: RouteArgs): void {
  if (request.signal.aborted) return;
  if (isRouteErrorResponse(error) && error.status < 500) return;
  const { log } = context;
  log.error({ err: error, requestId: context.visit.requestId }, 'unexpected error');
}
