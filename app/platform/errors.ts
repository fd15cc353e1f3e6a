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

/**
 * Runs `work` for each item in turn; a failed item does not stop the others. Returns one
 * `ItemError` for each failed item.
 */
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
function placeOf({ stack = '', message }: Error): string | null {
  const frames = stack.slice(stack.indexOf(message) + message.length).split('\n');
  const own = frames.filter((frame) => !/node_modules|node:/.test(frame));
  for (const frame of own) {
    const place = /\b(?:app|db|build)\/[\w./-]+:\d+/.exec(frame)?.[0];
    if (place) return place;
  }
  return null;
}
