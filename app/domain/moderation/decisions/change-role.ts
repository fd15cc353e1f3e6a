import { and, desc, eq, isNull } from 'drizzle-orm';
import {
  type Account,
  existingPerson,
  hasAdministrator,
  setRole,
} from '~/domain/accounts/users/accounts';
import { caseSubjectOf } from '~/domain/moderation/cases/case-subject';
import { alreadyUndone } from '~/platform/already-undone';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { pathTo } from '~/platform/paths';
import { type SentFrom, withoutStale } from '~/platform/stale-form';
import type { Db } from '~db/client';
import { decisions, users } from '~db/schema';
import { roleIn } from './outcome';
import { record } from './record';
import { isItsUndoing, undoing } from './standing';

export interface RoleChange {
  handle: string;
  role: string;
  /** Public. */
  reason: string;
  /** The administrator. */
  byId: string;
  /** The change that this one takes back. */
  undoesId?: string;
  sent?: SentFrom;
}

/**
 * Changes a person's role and records it as a decision: the public log says whose role an
 * administrator changed, to what and why. The person is notified.
 * @throws DomainError if there is no such person or role, for the role they have already, for the last
 * administrator, and if someone else changed the role since the form was made.
 */
export async function changeRole(tx: Db, app: AppContext, change: RoleChange): Promise<void> {
  const { handle, reason, byId, undoesId, sent = {} } = change;
  const person = await existingPerson(tx, handle);
  const { role } = withoutStale({ role: change.role }, { role: person.role }, sent);
  if (person.role === role) {
    throw new DomainError('refused', 'admin.person.error.same', { field: 'role' });
  }
  if (person.role === 'administrator' && !(await hasAdministrator(tx, person.id))) {
    throw new DomainError('refused', 'admin.person.error.last', { field: 'role' });
  }
  await setRole(tx, app.clock, handle, role);
  const subject = await caseSubjectOf(tx, { personId: person.id });
  if (!subject) throw new Error('the person is gone');
  await record(tx, app, {
    subject,
    moderatorId: byId,
    action: 'role',
    rule: null,
    note: reason,
    privateNote: '',
    undoesId,
    change: { from: person.role, to: role },
  });
}

/**
 * Gives a person the role they had before a change, which nobody has taken back yet.
 * @throws DomainError `missing` if there is no such change of this person; `refused` if it was undone or is
 * not the newest.
 */
export async function undoRoleChange(
  tx: Db,
  app: AppContext,
  {
    handle,
    decisionId,
    ...by
  }: Pick<RoleChange, 'handle' | 'reason' | 'byId'> & { decisionId: string },
): Promise<void> {
  const person = await existingPerson(tx, handle);
  const change = (await roleChanges(tx, person)).find(({ id }) => id === decisionId);
  if (!change) throw new DomainError('missing', 'site.problem.404.title');
  if (change.undone) {
    throw alreadyUndone(`${pathTo('/admin/people/:handle', { handle })}#history`);
  }
  if (change.to !== person.role) throw new DomainError('refused', 'community.error.later');
  await changeRole(tx, app, { ...by, handle, role: change.from, undoesId: decisionId });
}

/** Returns the changes of a person's role, newest first. */
export async function roleChanges(db: Db, { id: personId }: Pick<Account, 'id'>) {
  const rows = await db
    .select({
      id: decisions.id,
      createdAt: decisions.createdAt,
      change: decisions.change,
      reason: decisions.note,
      by: users.handle,
      undoneBy: undoing.id,
    })
    .from(decisions)
    .leftJoin(users, eq(users.id, decisions.moderatorId))
    .leftJoin(undoing, isItsUndoing)
    .where(
      and(eq(decisions.authorId, personId), eq(decisions.action, 'role'), isNull(decisions.postId)),
    )
    .orderBy(desc(decisions.createdAt), desc(decisions.id));
  return rows.map(({ change, undoneBy, reason, ...row }) => ({
    ...row,
    from: roleIn(change, 'from'),
    to: roleIn(change, 'to'),
    reason: reason ?? '',
    undone: undoneBy !== null,
  }));
}
