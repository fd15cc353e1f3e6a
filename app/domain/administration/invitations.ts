import { and, desc, eq, gt, inArray, isNotNull, isNull, lte, or } from 'drizzle-orm';
import { checkUser, insertUser } from '~/domain/accounts/auth/create-user';
import { type Credentials, requireUnreserved } from '~/domain/accounts/auth/credentials';
import { countMailTo } from '~/domain/accounts/auth/mail-limits';
import { accountById, ROLES } from '~/domain/accounts/users/accounts';
import { changeRole } from '~/domain/moderation/decisions/change-role';
import type { AppContext } from '~/platform/app-context';
import { type Clock, DAY } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import type { Translator } from '~/platform/i18n/translator';
import { digestOf, newId, newToken } from '~/platform/ids';
import { emailKey, readEmail } from '~/platform/mail/email-address';
import { queueMail } from '~/platform/mail/outbox';
import type { Db } from '~db/client';
import { countOf } from '~db/dialect';
import { invitations, invitationUses, users } from '~db/schema';
import type { Role } from '~db/schema/people';
import { invitationMail } from './invitation-mail';

export const MOST_USES = 1000;
export const LONGEST_DAYS = 90;

export interface NewInvitation {
  role: Role;
  /** How many people may use it, 1 to `MOST_USES`; an emailed one is for one person. */
  uses: number;
  /** For how many days, 1 to `LONGEST_DAYS`. */
  days: number;
  /** Whom to email it to; null for a link to pass on. */
  email: string | null;
}

/** An invitation that can be used now. */
export interface Invitation {
  id: string;
  role: Role;
  email: string | null;
  createdById: string;
}

/**
 * Makes an invitation and returns its token, of which only the SHA-256 is stored; emails it if it
 * has an address. `i18n` is in the language of the email.
 * @throws DomainError if the address cannot be read, or `too-many`.
 */
export async function invite(
  app: AppContext,
  i18n: Translator,
  byId: string,
  { role, uses, days, email: typed }: NewInvitation,
): Promise<string> {
  const email = typed === null ? null : readEmail(typed);
  if (typed !== null && !email) {
    throw new DomainError('invalid', 'people.error.email', { field: 'email' });
  }
  if (email) await countMailTo(app, 'invitation', email);
  const token = newToken();
  const now = app.clock.now();
  const expiresAt = now + days * DAY;
  await app.db.write(async (tx) => {
    await tx.insert(invitations).values({
      id: newId(now),
      tokenHash: digestOf(token),
      ...{ role, email, expiresAt },
      maxUses: email ? 1 : uses,
      createdById: byId,
      createdAt: now,
    });
    if (!email) return;
    await queueMail(tx, app.clock, {
      to: email,
      ...invitationMail(app, i18n, { role, token, expiresAt }),
    });
  });
  return token;
}

/**
 * Returns the invitation of a link; null if it is unknown, revoked, expired or used up, or if who
 * made it is no longer an administrator.
 */
export async function findInvitation(
  db: Db,
  clock: Clock,
  token: string,
): Promise<Invitation | null> {
  const [found] = await db
    .select({ invitation: invitations })
    .from(invitations)
    .innerJoin(users, eq(users.id, invitations.createdById))
    .where(
      and(
        eq(invitations.tokenHash, digestOf(token)),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, clock.now()),
        eq(users.role, 'administrator'),
        or(isNull(users.suspendedUntil), lte(users.suspendedUntil, clock.now())),
      ),
    );
  if (!found) return null;
  const { id, role, email, createdById, maxUses } = found.invitation;
  const used = await countOf(db, invitationUses, eq(invitationUses.invitationId, id));
  return used < maxUses ? { id, role, email, createdById } : null;
}

/** True if an invitation gives this role more than it has. */
export function raises({ role }: Pick<Invitation, 'role'>, current: Role): boolean {
  return ROLES.indexOf(role) > ROLES.indexOf(current);
}

/**
 * A person uses an invitation: they get its role, unless theirs is as high. The change is recorded
 * like any other, by who made the invitation. `reason` is public.
 * @throws DomainError `missing` if the invitation cannot be used.
 */
export async function acceptInvitation(
  tx: Db,
  app: AppContext,
  { token, userId, reason }: { token: string; userId: string; reason: string },
): Promise<void> {
  const invitation = await spendInvitation(tx, app.clock, token, userId);
  const account = await accountById(tx, userId);
  if (!account || !raises(invitation, account.role)) return;
  const { role, createdById: byId } = invitation;
  await changeRole(tx, app, { handle: account.handle, role, reason, byId });
}

/**
 * Records that a person uses an invitation: each once. Of simultaneous uses no more succeed than it
 * allows.
 * @throws DomainError `missing` if the invitation cannot be used.
 */
export async function spendInvitation(
  tx: Db,
  clock: Clock,
  token: string,
  userId: string,
): Promise<Invitation> {
  // Locks the row, so that on PostgreSQL two uses at the same time follow each other.
  await tx
    .update(invitations)
    .set({ tokenHash: digestOf(token) })
    .where(eq(invitations.tokenHash, digestOf(token)));
  const invitation = await findInvitation(tx, clock, token);
  if (!invitation) throw new DomainError('missing', 'site.problem.404.title');
  await tx
    .insert(invitationUses)
    .values({ invitationId: invitation.id, userId, createdAt: clock.now() })
    .onConflictDoNothing();
  return invitation;
}

/**
 * Makes the account of a person who was invited by email, with that address: the link proves that it
 * is theirs, so it is confirmed. `then` runs in the same transaction with the account's id.
 * @throws DomainError as `signUp` does, and `missing` if the invitation cannot be used.
 */
export async function signUpInvited(
  app: AppContext,
  given: Credentials & { token: string; reason: string },
  then: (tx: Db, userId: string) => Promise<void>,
): Promise<void> {
  const { token, reason, ...credentials } = given;
  const user = await checkUser(app, { ...credentials, role: 'member' });
  requireUnreserved(app, user.handle);
  await app.db.write(async (tx) => {
    const { id } = await insertUser(tx, app, user);
    await acceptInvitation(tx, app, { token, userId: id, reason });
    await then(tx, id);
  });
}

/** True if an invitation was emailed to this address. */
export function isForEmail({ email }: Invitation, typed: string): boolean {
  const read = readEmail(typed);
  return email !== null && read !== null && emailKey(read) === emailKey(email);
}

const LISTED = 200;

/** Returns the newest invitations, with who made and who used them. */
export async function listInvitations(db: Db, clock: Clock) {
  const rows = await db
    .select({ invitation: invitations, by: users.handle })
    .from(invitations)
    .innerJoin(users, eq(users.id, invitations.createdById))
    .orderBy(desc(invitations.createdAt), desc(invitations.id))
    .limit(LISTED);
  const ids = rows.map(({ invitation }) => invitation.id);
  const uses = await db
    .select({ id: invitationUses.invitationId, handle: users.handle })
    .from(invitationUses)
    .innerJoin(users, eq(users.id, invitationUses.userId))
    .where(inArray(invitationUses.invitationId, ids))
    .orderBy(invitationUses.createdAt);
  const usesOf = Map.groupBy(uses, ({ id }) => id);
  return rows.map(({ by, invitation }) => {
    const { id, role, email, maxUses, createdAt, expiresAt, revokedAt } = invitation;
    const usedBy = (usesOf.get(id) ?? []).map(({ handle }) => handle);
    const isOpen = revokedAt === null && expiresAt > clock.now() && usedBy.length < maxUses;
    return { id, role, email, maxUses, createdAt, expiresAt, revokedAt, by, usedBy, isOpen };
  });
}

/**
 * Ends an invitation; people who used it keep their role.
 * @throws DomainError `missing` if there is none; `refused` if it is revoked already.
 */
export async function revokeInvitation(tx: Db, clock: Clock, id: string): Promise<void> {
  const [revoked] = await tx
    .update(invitations)
    .set({ revokedAt: clock.now(), email: null })
    .where(and(eq(invitations.id, id), isNull(invitations.revokedAt)))
    .returning({ id: invitations.id });
  if (revoked) return;
  const [known] = await tx.select().from(invitations).where(eq(invitations.id, id));
  throw known
    ? new DomainError('refused', 'community.error.already')
    : new DomainError('missing', 'site.problem.404.title');
}

/** Erases the addresses of invitations that have expired; a background job. */
export async function forgetInvited(tx: Db, clock: Clock): Promise<void> {
  await tx
    .update(invitations)
    .set({ email: null })
    .where(and(isNotNull(invitations.email), lte(invitations.expiresAt, clock.now())));
}
