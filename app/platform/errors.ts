import type { MessageKey, Values } from './i18n/translator';

/**
 * Why a domain function did not do what was asked, in words for the person who asked.
 * - `invalid`: a field cannot be read (400)
 * - `refused`: understood, but against a rule (422)
 * - `missing`: not there, or not theirs to see: both are answered alike (404)
 * - `too-many`: try again later (429)
 */
export class DomainError extends Error {
  override name = 'DomainError';

  constructor(
    readonly kind: 'invalid' | 'refused' | 'missing' | 'too-many',
    readonly key: MessageKey,
    readonly options: {
      /** The form field it is about; none means the whole form. */
      field?: string;
      values?: Values;
      /** A page of ours that the sentence leads to instead of to the field. */
      href?: string;
      /** For `too-many`: seconds until it may be tried again. */
      retryAfter?: number;
    } = {},
  ) {
    super(key);
  }
}

/** One of several items that could not be dealt with; the others were. */
export class ItemError extends Error {
  override name = 'ItemError';

  constructor(
    /** Names the item by its kind and id, such as `digest 01JB…`. Never by an address. */
    readonly item: string,
    cause: unknown,
  ) {
    super(`${item} failed`, { cause });
  }
}

/**
 * Does `work` for each item, one after another: one that fails does not keep the others from their
 * turn. Gives the items that failed, and why.
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
 * What failed and where, such as `digest 01JB…: ZodError at app/domain/digests/digests.ts:310`: fit to
 * be stored and shown. An error's message is left out, since those of databases and parsers quote
 * what people wrote.
 */
export function describeError(error: unknown): string {
  if (error instanceof ItemError) return `${error.item}: ${describeError(error.cause)}`;
  if (!(error instanceof Error)) return typeof error;
  // Drizzle wraps what the driver says.
  if (error.cause instanceof Error) return describeError(error.cause);
  const { code } = error as { code?: unknown };
  const name = typeof code === 'string' ? `${error.name} ${code}` : error.name;
  const place = placeOf(error);
  return place ? `${name} at ${place}` : name;
}

/** The line of our own code that an error comes from: `app/…/file.ts:12`. */
function placeOf({ stack = '', message }: Error): string | null {
  const frames = stack.slice(stack.indexOf(message) + message.length).split('\n');
  const own = frames.filter((frame) => !/node_modules|node:/.test(frame));
  for (const frame of own) {
    const place = /\b(?:app|db|build)\/[\w./-]+:\d+/.exec(frame)?.[0];
    if (place) return place;
  }
  return null;
}
