import { isDeepStrictEqual } from 'node:util';
import { desc, eq, isNull } from 'drizzle-orm';
import { alreadyUndone } from '~/platform/already-undone';
import type { Clock } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { newId } from '~/platform/ids';
import type { Values } from '~/platform/stale-form';
import type { Db } from '~db/client';
import { alias } from '~db/dialect';
import { settingChanges, users } from '~db/schema';

/*
 * What administrators change of the site's settings and of its conversations: each change is a row
 * that says who changed which values when, from what to what. That is enough to undo it.
 */

const LISTED = 50;

/** What the values belong to: the site, or the conversation with this id. */
export type RecordedSubject = null | string;

/** Where the values of a subject are, and the page that lists its changes. */
export interface RecordedValues {
  subject: RecordedSubject;
  /** `names` are those that must be among them. */
  read(tx: Db, names: readonly string[]): Promise<Values>;
  store(tx: Db, values: Values): Promise<void>;
  listedAt: string;
}

interface NewChange {
  /** Who makes it. */
  personId: string;
  subject: RecordedSubject;
  undoesId?: string;
}

/** Records what is different between two states. Returns false, and records nothing, if nothing is. */
export async function recordChange(
  tx: Db,
  clock: Clock,
  { personId, subject, undoesId }: NewChange,
  before: Values,
  after: Values,
): Promise<boolean> {
  const changed = namesChanged(before, after);
  if (changed.length === 0) return false;
  const pick = (values: Values) =>
    Object.fromEntries(changed.map((name) => [name, values[name] ?? null]));
  const now = clock.now();
  await tx.insert(settingChanges).values({
    id: newId(now),
    ...{ personId, conversationId: subject, undoesId },
    ...{ before: pick(before), after: pick(after) },
    createdAt: now,
  });
  return true;
}

/** Returns the names of the values that differ. */
export function namesChanged(before: Values, after: Values): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.filter((name) => !isSame(before[name], after[name]));
}

/**
 * Puts back the values that a change changed. This is a change, too, which can be undone.
 * @throws DomainError `missing` if the subject has no such change; `refused` if it was undone already,
 * or if one of the values was changed again since
 */
export async function undoRecorded(
  tx: Db,
  clock: Clock,
  personId: string,
  changeId: string,
  { subject, read, store, listedAt }: RecordedValues,
): Promise<void> {
  const [change] = await tx.select().from(settingChanges).where(eq(settingChanges.id, changeId));
  if (!change || change.conversationId !== subject) {
    throw new DomainError('missing', 'site.problem.404.title');
  }
  const [undoing] = await tx
    .select({ id: settingChanges.id })
    .from(settingChanges)
    .where(eq(settingChanges.undoesId, changeId));
  if (undoing) throw alreadyUndone(listedAt);
  const names = Object.keys(change.after);
  const before = await read(tx, names);
  if (names.some((name) => !isSame(before[name], change.after[name]))) {
    throw new DomainError('refused', 'admin.settings.error.changed');
  }
  await store(tx, change.before);
  const after = await read(tx, [...names, ...Object.keys(before)]);
  await recordChange(tx, clock, { personId, subject, undoesId: changeId }, before, after);
}

/** Returns the newest changes, newest first, each with who made it and whether it was undone. */
export async function listRecorded(db: Db, subject: RecordedSubject) {
  const undoing = alias(settingChanges, 'undoing_change');
  const rows = await db
    .select({ change: settingChanges, by: users.handle, undoneBy: undoing.id })
    .from(settingChanges)
    .innerJoin(users, eq(users.id, settingChanges.personId))
    .leftJoin(undoing, eq(undoing.undoesId, settingChanges.id))
    .where(
      subject === null
        ? isNull(settingChanges.conversationId)
        : eq(settingChanges.conversationId, subject),
    )
    .orderBy(desc(settingChanges.createdAt), desc(settingChanges.id))
    .limit(LISTED);
  return rows.map(({ change: { id, createdAt, before, after, undoesId }, by, undoneBy }) => ({
    ...{ id, by, createdAt, before, after },
    isUndo: undoesId !== null,
    undone: undoneBy !== null,
  }));
}

function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one ?? null, other ?? null);
}
