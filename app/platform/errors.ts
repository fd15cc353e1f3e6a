import type { MessageKey, Values } from './i18n/translator';

/**
 * A request that a domain function did not carry out; the message is for the person who made it.
 * - `invalid`: a field cannot be read (400)
 * - `refused`: valid, but against a rule (422)
 * - `missing`: not found, or not visible to this person; both get the same response (404)
 * - `too-many`: try again later (429)
 */
export class DomainError extends Error {
  override name = 'DomainError';

  constructor(
    readonly kind: 'invalid' | 'refused' | 'missing' | 'too-many',
    readonly key: MessageKey,
    readonly options: {
      /** The form field that the error is about; empty if it is about the whole form. */
      field?: string;
      values?: Values;
      /** A page of this site that the message links to instead of the field. */
      href?: string;
      /** Further errors, each at a field of its own. */
      fields?: Record<string, { key: MessageKey; values?: Values }>;
      /** What fields contain when the form is shown again, instead of what was sent. */
      now?: Record<string, string[]>;
      /** For `too-many`: seconds until the next attempt is allowed. */
      retryAfter?: number;
    } = {},
  ) {
    super(key);
  }
}

/** Thrown for one item of several that failed; the others were processed. */
export class ItemError extends Error {
  override name = 'ItemError';

  constructor(
    /** The item by kind and id, such as `digest 01JB…`. Never an email address. */
    readonly item: string,
    cause: unknown,
  ) {
    super(`${item} failed`, { cause });
  }
}

/** Runs `work` for each item in turn; returns an `ItemError` for each that failed. */
export async function forEachApart<T>(
  items: Iterable<T>,
  nameOf: (item: T) => string,
  work: (item: T) => Promise<void>,
): Promise<{ failed: T[]; errors: ItemError[] }> {
  const failed: T[] = [];
  const errors: ItemError[] = [];
  for (const item of items) {
    try {
      await work(item);
    } catch (error) {
      failed.push(item);
      errors.push(new ItemError(nameOf(item), error));
    }
  }
  return { failed, errors };
}

/** Facts that an error may have besides its message. None of them holds what people wrote. */
const FACTS = ['code', 'schema', 'table', 'column', 'constraint', 'routine', 'syscall', 'command'];

/**
 * Returns what a log says of an error: its type, the facts in `FACTS`, the statement without its
 * parameters, our own and others' lines of code, and the same of its cause. The message is left
 * out, as are all other properties: those of databases, parsers and mail servers quote values.
 */
export function loggableError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const all = error as Error & Record<string, unknown>;
  const facts = FACTS.flatMap((name) =>
    typeof all[name] === 'string' || typeof all[name] === 'number' ? [[name, all[name]]] : [],
  );
  return {
    type: error.name,
    ...Object.fromEntries(facts),
    ...(error instanceof DomainError && { key: error.key }),
    ...(error instanceof ItemError && { item: error.item }),
    ...('params' in error && typeof all.query === 'string' && { statement: all.query }),
    stack: framesOf(error).join('\n'),
    ...(error.cause !== undefined && { cause: loggableError(error.cause) }),
    ...(error instanceof AggregateError && { errors: error.errors.map(loggableError) }),
  };
}

/** Classes of PostgreSQL errors (manual, appendix A) whose messages quote values. */
const QUOTING = /^(22|23|P0)/;

/**
 * Returns one line about an error for the operator at a terminal. It is the error's message, except
 * where that may quote what people wrote: then it is what `describeError` says.
 */
export function lineForOperator(error: unknown): string {
  if (!(error instanceof Error)) return describeError(error);
  // Drizzle wraps the driver's error.
  if ('params' in error) return lineForOperator(error.cause);
  const { code = '' } = error as { code?: unknown };
  const quotes =
    error instanceof SyntaxError ||
    error instanceof RangeError ||
    error.name === 'ZodError' ||
    'responseCode' in error ||
    (error.name === 'SqliteError' ? code === 'SQLITE_ERROR' : QUOTING.test(String(code)));
  if (quotes) return describeError(error);
  return error.message.split('\n', 1)[0] || describeError(error);
}

/**
 * Describes an error by its type and code location, such as `digest 01JB…: ZodError at
 * app/domain/digests/digests.ts:310`, so that it can be stored and shown. The message is left out,
 * because messages of databases and parsers quote what people wrote.
 */
export function describeError(error: unknown): string {
  if (error instanceof ItemError) return `${error.item}: ${describeError(error.cause)}`;
  if (!(error instanceof Error)) return typeof error;
  // Drizzle wraps the driver's error.
  if (error.cause instanceof Error) return describeError(error.cause);
  const { code } = error as { code?: unknown };
  const name = typeof code === 'string' ? `${error.name} ${code}` : error.name;
  const place = placeOf(error);
  return place ? `${name} at ${place}` : name;
}

/** Returns the line of our own code where the error was thrown: `app/…/file.ts:12`. */
function placeOf(error: Error): string | null {
  const own = framesOf(error).filter((frame) => !/node_modules|node:/.test(frame));
  for (const frame of own) {
    const place = /\b(?:app|db|build)\/[\w./-]+:\d+/.exec(frame)?.[0];
    if (place) return place;
  }
  return null;
}

/** Returns the lines of a stack trace without the message, which may look like one of them. */
function framesOf({ stack = '', message }: Error): string[] {
  const start = Math.max(stack.indexOf(message), 0) + message.length;
  const frames = stack.slice(start).split('\n');
  return frames.map((frame) => frame.trim()).filter((frame) => frame.startsWith('at '));
}
