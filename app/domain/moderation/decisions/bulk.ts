import { inArray } from 'drizzle-orm';
import type { Person } from '~/domain/accounts/users/visitor';
import { findCaseSubject } from '~/domain/moderation/cases/case-subject';
import type { BulkAction } from '~/domain/moderation/lists';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { newId } from '~/platform/ids';
import type { Db } from '~db/client';
import { cases } from '~db/schema';
import { decide } from './decide';

/**
 * Makes the same decision on many cases; `hide` uses the rule for spam. Cases that cannot be
 * decided, for example because another moderator has just closed them, are skipped. Returns the
 * numbers of decided and skipped cases.
 */
export async function decideMany(
  tx: Db,
  app: AppContext,
  moderator: Person,
  { caseIds, action }: { caseIds: readonly string[]; action: BulkAction },
): Promise<{ done: number; left: number }> {
  const batchId = newId(app.clock.now());
  const known = await tx
    .select({ id: cases.id })
    .from(cases)
    .where(inArray(cases.id, [...caseIds]));
  const cleaned = new Set<string>();
  let done = 0;
  for (const { id } of known) {
    const subject = await findCaseSubject(tx, id);
    // A spam-clean of a person closes all their cases.
    const settled = subject !== null && cleaned.has(subject.author.id);
    if (!settled && !(await decides(() => decideOne(id)))) continue;
    if (action === 'spam-clean' && subject) cleaned.add(subject.author.id);
    done += 1;
  }
  return { done, left: caseIds.length - done };

  function decideOne(caseId: string) {
    const rule = action === 'dismiss' ? null : 'spam';
    return decide(tx, app, moderator, { caseId, action, rule, note: '', seen: {}, batchId });
  }
}

/** Returns false if the decision was refused; refusals come before any change. */
async function decides(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.kind === 'refused') return false;
    throw error;
  }
}
