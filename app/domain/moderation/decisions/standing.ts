import { eq, type SQL } from 'drizzle-orm';
import type { Db } from '~db/client';
import { alias, noRow } from '~db/dialect';
import { decisions } from '~db/schema';

/** The decision that reversed another one. */
export const undoing = alias(decisions, 'undoing');

/** Joins `undoing` to `decisions`: there is at most one. */
export const isItsUndoing = eq(undoing.undoesId, decisions.id);

/** Condition for decisions that nothing has reversed. */
export function stands(): SQL {
  return noRow(undoing, isItsUndoing);
}

/** Returns the id of the decision that reversed another one; null if nothing did. */
export async function undoneBy(db: Db, decisionId: string): Promise<string | null> {
  const [row] = await db
    .select({ id: decisions.id })
    .from(decisions)
    .where(eq(decisions.undoesId, decisionId));
  return row?.id ?? null;
}
