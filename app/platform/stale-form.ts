import { DomainError } from './errors';
import { digestOf } from './ids';

/*
 * Two keepers open one form, and both save. A form says in a hidden field `seen` what it was made
 * from, so that the second does not overwrite what the first has changed.
 */

/** Values of a form by the names of its fields, as JSON can hold them. */
export type Values = Readonly<Record<string, unknown>>;

/** A form that was sent. */
export interface SentFrom {
  /** Its field `seen`; a form without it overwrites, as programs may want. */
  seen?: string | undefined;
  /** Returns a value as the field contains it: one text, or for a list of choices several. */
  asTyped?: (name: string, value: unknown) => string[];
}

/** Returns what the field `seen` says: a fingerprint of each value. */
export function seenOf(values: Values): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fingerprint(value)])),
  );
}

/**
 * Returns the values that a form asks for. One that its sender left alone stays as it is stored, also
 * if that changed since the form was made.
 * @param wanted what the form contains
 * @param stored what is stored now; read in the transaction that stores the result
 * @throws DomainError `refused` if both have changed a value: each such field gets an error that says
 * what is stored now, and keeps what was typed
 */
export function withoutStale<V extends Values>(
  wanted: V,
  stored: Values,
  { seen, asTyped = textOf }: SentFrom,
): V {
  const seenBefore = readSeen(seen);
  const changedSince = Object.keys(wanted).filter((name) => {
    const before = seenBefore[name];
    return before !== undefined && before !== fingerprint(stored[name]);
  });
  const own = changedSince.filter((name) => fingerprint(wanted[name]) !== seenBefore[name]);
  const clashing = own.filter((name) => fingerprint(wanted[name]) !== fingerprint(stored[name]));
  const leftAlone = changedSince.filter((name) => !own.includes(name));
  const [first, ...others] = clashing;
  if (first === undefined) {
    const now = Object.fromEntries(leftAlone.map((name) => [name, stored[name]]));
    return { ...wanted, ...now };
  }
  const error = (name: string) => ({
    key: 'site.error.stale' as const,
    values: { now: asTyped(name, stored[name]).join(', ') || '–' },
  });
  throw new DomainError('refused', error(first).key, {
    field: first,
    values: error(first).values,
    fields: Object.fromEntries(others.map((name) => [name, error(name)])),
    now: Object.fromEntries(leftAlone.map((name) => [name, asTyped(name, stored[name])])),
  });
}

function textOf(_name: string, value: unknown): string[] {
  return [Array.isArray(value) ? value.join('\n') : String(value ?? '')];
}

function fingerprint(value: unknown): string {
  return digestOf(JSON.stringify(value ?? null)).slice(0, 12);
}

/** A field that was changed by hand may be anything. */
function readSeen(seen = '{}'): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(seen);
    return typeof read === 'object' && read !== null ? { ...read } : {};
  } catch {
    return {};
  }
}
