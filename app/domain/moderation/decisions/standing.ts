import { eq, type SQL } from 'drizzle-orm';
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
