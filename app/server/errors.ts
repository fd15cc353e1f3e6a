import type { AppLoadContext } from '@remix-run/node';

interface Where {
  request: Request;
  context: AppLoadContext;
}

/** Logs what nobody expected; a client that went away is no error. */
export function reportError(error: unknown, { request, context }: Where): void {
  if (request.signal.aborted) return;
  const { log } = context;
  log.error({ err: error, requestId: context.visit.requestId }, 'unexpected error');
}
