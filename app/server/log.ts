import pino, { type DestinationStream, type Logger } from 'pino';
import { loggableError } from '~/platform/errors';
import { BEFORE_SECRETS } from './secret-paths';

export type Log = Logger;

/**
 * Structured logs, one JSON object per line, to standard output unless `destination` is given. They
 * never contain texts of people, email addresses or secrets: errors are logged without values.
 */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: loggableError },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Logs what nothing caught, and ends the process: Node would print its message and its values. */
export function logUncaught(log: Log): void {
  process.on('uncaughtException', (err) => {
    log.fatal({ err }, 'uncaught exception');
    process.exit(1);
  });
}

/** Routes are also found under other spellings: capitals, encoded letters, repeated slashes. */
const SECRET = new RegExp(`^/+(${BEFORE_SECRETS.join('|').replaceAll('/', '/+')})/+[^/]+`, 'i');

/** Returns a path for the log, without the secret token that it may contain. */
export function loggablePath(path: string): string {
  return decoded(path).replace(SECRET, '/$1/…');
}

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
