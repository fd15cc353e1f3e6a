import pino, { type Logger } from 'pino';

export type Log = Logger;

/**
 * Structured logs, one JSON object per line. They never contain texts of people, email addresses or
 * secrets.
 */
export function createLog(level: string): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}

/** Returns a path for the log: the part after these words is a secret token and is left out. */
export function loggablePath(path: string): string {
  return path.replace(
    /^\/(confirm|subscriptions|reset|mail|join|kept|login\/link|address\/confirm|address\/undo)\/[^/]+/,
    '/$1/…',
  );
}
