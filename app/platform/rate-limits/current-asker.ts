import { AsyncLocalStorage } from 'node:async_hooks';
import type { Asker } from './fair-queue';

const current = new AsyncLocalStorage<Asker>();

/** Runs `work` on behalf of a client; `currentAsker` names it to everything called from there. */
export function onBehalfOf<T>(asker: Asker, work: () => T): T {
  return current.run(asker, work);
}

/** Returns the client that the running request comes from; empty outside requests. */
export function currentAsker(): Asker {
  return current.getStore() ?? [];
}
