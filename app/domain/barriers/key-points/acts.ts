import { isDeepStrictEqual } from 'node:util';
import { desc, eq, max, or, type SQL, sql } from 'drizzle-orm';
import { alreadyUndone } from '~/platform/already-undone';
import type { Clock } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { newId } from '~/platform/ids';
import { pathTo } from '~/platform/paths';
import type { Db } from '~db/client';
import { keyPointActs, users } from '~db/schema';
import type { KeyPointAct } from '~db/schema/evidence';
import { type KeyPointState, putState, readState } from './state';

/*
 * The history of key points. Every change is an act: it keeps the rows that it changed as they were
 * before and as they are after it, so that it can be undone, and its undoing too.
 */

interface ActSubject {
  /** Null for what is said of a post that is in no key point. */
  keyPointId: string | null;
  /** The key point that was merged into it, or split from it. */
  otherId?: string | null;
  /** The act that is undone. */
  undoes?: string;
}

/** Makes a change and records who made it. Gives the act's id; null where nothing was to change. */
export async function act(
  tx: Db,
  clock: Clock,
  personId: string,
  what: KeyPointAct,
  { keyPointId, otherId = null, undoes }: ActSubject,
  after: KeyPointState,
): Promise<string | null> {
  const before = await readState(tx, after);
  if (isDeepStrictEqual(before, after)) return null;
  await putState(tx, after);
  const [last] = await tx.select({ at: max(keyPointActs.createdAt) }).from(keyPointActs);
  // Each later than the one before it, so that their order is known.
  const now = Math.max(clock.now(), (last?.at ?? 0) + 1);
  const id = newId(now);
  await tx.insert(keyPointActs).values({
    id,
    act: what,
    keyPointId,
    otherId,
    personId,
    before,
    after,
    undoes: undoes ?? null,
    createdAt: now,
  });
  return id;
}

/**
 * Undoes an act, and gives the id of the act that this is: undoing that one repeats the first.
 * @throws DomainError `missing`; `refused` where something was changed since.
 */
export async function undoAct(
  tx: Db,
  clock: Clock,
  moderatorId: string,
  actId: string,
): Promise<string> {
  const [row] = await tx.select().from(keyPointActs).where(eq(keyPointActs.id, actId));
  if (!row) throw new DomainError('missing', 'site.problem.404.title');
  const [before, after] = [row.before as KeyPointState, row.after as KeyPointState];
  if (!isDeepStrictEqual(toCompare(await readState(tx, after)), toCompare(after))) {
    const undone = await tx
      .select({ id: keyPointActs.id })
      .from(keyPointActs)
      .where(eq(keyPointActs.undoes, actId));
    if (undone.length > 0) throw alreadyUndone(pathTo('/mod/key-points'));
    throw new DomainError('refused', 'keyPoints.error.changed');
  }
  const { keyPointId, otherId } = row;
  const subject = { keyPointId, otherId, undoes: actId };
  const done = await act(tx, clock, moderatorId, 'undo', subject, before);
  if (!done) throw new DomainError('refused', 'keyPoints.error.changed');
  return done;
}

/** Without what no act decides alone: another act, on the original, may say what a text translates. */
function toCompare({ texts, ...others }: KeyPointState): KeyPointState {
  if (!texts) return others;
  const same = Object.entries(texts).map(([key, text]) => [
    key,
    text && { ...text, original: null },
  ]);
  return { ...others, texts: Object.fromEntries(same) };
}

export interface ActRecord {
  id: string;
  act: KeyPointAct;
  keyPointId: string | null;
  otherId: string | null;
  by: string;
  before: KeyPointState;
  after: KeyPointState;
  undoes: string | null;
  createdAt: number;
}

/** Everything that was done to a key point, the oldest first. */
export async function actsOn(db: Db, keyPointId: string): Promise<ActRecord[]> {
  const rows = await readActs(
    db,
    or(eq(keyPointActs.keyPointId, keyPointId), eq(keyPointActs.otherId, keyPointId)),
    1000,
  );
  return rows.reverse();
}

/** What was done last to any key point, the newest first. */
export function lastActs(db: Db, most: number): Promise<ActRecord[]> {
  return readActs(db, undefined, most);
}

async function readActs(db: Db, where: SQL | undefined, most: number): Promise<ActRecord[]> {
  const rows = await db
    .select({
      id: keyPointActs.id,
      act: keyPointActs.act,
      keyPointId: keyPointActs.keyPointId,
      otherId: keyPointActs.otherId,
      by: users.handle,
      before: keyPointActs.before,
      after: keyPointActs.after,
      undoes: keyPointActs.undoes,
      createdAt: keyPointActs.createdAt,
    })
    .from(keyPointActs)
    .innerJoin(users, eq(users.id, keyPointActs.personId))
    .where(where)
    .orderBy(desc(keyPointActs.createdAt), desc(keyPointActs.id))
    .limit(most);
  return rows.map((row) => ({
    ...row,
    before: row.before as KeyPointState,
    after: row.after as KeyPointState,
  }));
}

/**
 * Whether a post was once taken out of a key point, or a moderator dismissed what its author says is
 * the same barrier. From then on only a moderator says what it reports.
 */
export async function isForModerators(db: Db, postId: string): Promise<boolean> {
  const rows = await db
    .select({ id: keyPointActs.id })
    .from(keyPointActs)
    .where(sql`cast(${keyPointActs.after} as text) like ${`%"${postId}":null%`}`)
    .limit(1);
  return rows.length > 0;
}

/**
 * Removes from the history the words of posts whose text was removed for good: sentences of theirs
 * that were taken as a title.
 */
export async function forgetWordsOf(tx: Db, postIds: readonly string[]): Promise<void> {
  for (const postId of postIds) {
    const named = (state: typeof keyPointActs.before | typeof keyPointActs.after) =>
      sql`cast(${state} as text) like ${`%"sourcePostId":"${postId}"%`}`;
    const rows = await tx
      .select({ id: keyPointActs.id, before: keyPointActs.before, after: keyPointActs.after })
      .from(keyPointActs)
      .where(or(named(keyPointActs.before), named(keyPointActs.after)));
    for (const { id, before, after } of rows) {
      const values = { before: withoutWords(before, postId), after: withoutWords(after, postId) };
      await tx.update(keyPointActs).set(values).where(eq(keyPointActs.id, id));
    }
  }
}

function withoutWords(state: unknown, postId: string): KeyPointState {
  const { texts, ...rest } = state as KeyPointState;
  if (!texts) return rest;
  const kept = Object.entries(texts).map(([key, text]) => [
    key,
    text?.sourcePostId === postId ? null : text,
  ]);
  return { ...rest, texts: Object.fromEntries(kept) };
}
