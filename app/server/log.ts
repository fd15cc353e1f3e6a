import pino, { type Logger } from 'pino';

export type Log = Logger;

/** Structured logs, one JSON line each. Never people's words, addresses or secrets. */
export function createLog(level: string): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}

/** A path fit for a log: what follows these words opens something and is left out. */
export function loggablePath(path: string): string {
  return path.replace(
    /^\/(confirm|subscriptions|reset|mail|join|login\/link|address\/confirm|address\/undo)\/[^/]+/,
    '/$1/…',
  );
}
