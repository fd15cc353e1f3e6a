import type { AppLoadContext } from '@remix-run/node';

interface Where {
  request: Request;
  context: AppLoadContext;
}

/** Logs an unexpected error; a disconnected client is not an error. */
export function reportError(error: unknown, { request, context }: Where): void {
  if (request.signal.aborted) return;
  const { log } = context;
  log.error({ err: error, requestId: context.visit.requestId }, 'unexpected error');
}
