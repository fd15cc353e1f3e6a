import type { RouteArgs } from './request-context';

/** Logs an unexpected error; a disconnected client is not an error. */
export function reportError(error: unknown, { request, context }: RouteArgs): void {
  if (request.signal.aborted) return;
  const { log } = context;
  log.error({ err: error, requestId: context.visit.requestId }, 'unexpected error');
}
