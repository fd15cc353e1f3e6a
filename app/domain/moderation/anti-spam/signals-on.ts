import { and, asc, eq, ne } from 'drizzle-orm';
import type { Db } from '~db/client';
import { patterns, signals } from '~db/schema';

/** Returns the results of the automatic checks of a post, oldest first; for moderators. */
export async function signalsOn(db: Db, postId: string) {
  return db
    .select({
      id: signals.id,
      kind: signals.kind,
      effect: signals.effect,
      matched: signals.matched,
      otherPostId: signals.otherPostId,
      createdAt: signals.createdAt,
      pattern: patterns.text,
      note: patterns.note,
    })
    .from(signals)
    .leftJoin(patterns, eq(patterns.id, signals.patternId))
    .where(eq(signals.postId, postId))
    .orderBy(asc(signals.createdAt), asc(signals.id));
}

/** True if an automatic check contributed to opening a case about the post. */
export async function foundByMachine(db: Db, postId: string): Promise<boolean> {
  const [one] = await db
    .select({ id: signals.id })
    .from(signals)
    .where(and(eq(signals.postId, postId), ne(signals.effect, 'none')))
    .limit(1);
  return one !== undefined;
}
