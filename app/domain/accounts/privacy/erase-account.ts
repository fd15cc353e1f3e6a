import { eq, like, sql } from 'drizzle-orm';
import { mailDeleted } from '~/domain/accounts/auth/account-mails';
import type { Account } from '~/domain/accounts/users/accounts';
import { accountById, hasAdministrator } from '~/domain/accounts/users/accounts';
import { formerHandle, handleHash } from '~/domain/accounts/users/handles';
import { forgetAuthor } from '~/domain/publishing/forget-author';
import { forgetRefusals, unsubscribe } from '~/domain/subscriptions/subscriptions';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import type { Db } from '~db/client';
import { deleteDependants } from '~db/foreign-keys';
import {
  erasures,
  invitations,
  legalNotices,
  mails,
  submissions,
  subscriptions,
  users,
} from '~db/schema';

/** The person's choice for their posts: kept without their name, or removed. */
export type Words = 'keep' | 'remove';

export type Erasure = typeof erasures.$inferSelect;

/**
 * Deletes an account in the caller's transaction: all personal data is deleted immediately, and a
 * last email confirms it. The row stays without a name, because decisions, flags and threads refer
 * to it; nobody can take the handle again.
 * @throws DomainError `missing`, or `refused` for the last administrator.
 */
export async function eraseAccount(
  tx: Db,
  app: AppContext,
  personId: string,
  words: Words,
): Promise<void> {
  const account = await accountById(tx, personId);
  if (!account || account.erasedAt !== null) {
    throw new DomainError('missing', 'site.problem.404.title');
  }
  if (account.role === 'administrator' && !(await hasAdministrator(tx, personId))) {
    throw new DomainError('refused', 'account.error.lastAdministrator');
  }
  await forget(tx, app, account, words, app.clock.now());
  const { email, language } = account;
  if (email) await mailDeleted(tx, app, { email, language });
}

/** Repeats deletions on a restored database, without emails; returns how many were needed. */
export async function repeatErasures(app: AppContext, list: readonly Erasure[]): Promise<number> {
  return app.db.write(async (tx) => {
    let repeated = 0;
    for (const erasure of list) {
      const account = await accountById(tx, erasure.userId);
      if (account && account.erasedAt === null) {
        await forget(tx, app, account, erasure.words, erasure.erasedAt);
        repeated += 1;
      } else {
        await tx.insert(erasures).values(erasure).onConflictDoNothing();
      }
    }
    return repeated;
  });
}

async function forget(tx: Db, app: AppContext, account: Account, words: Words, at: number) {
  const { id, handle, emailKey } = account;
  // Sessions, links, notifications, me-toos on other people's posts: everything that the schema
  // deletes with a person.
  await deleteDependants(tx, users, (column) => eq(column, id));
  await tx.delete(submissions).where(like(submissions.key, `${id}:%`));
  if (emailKey) await forgetAddress(tx, app, emailKey);
  await forgetAuthor(tx, id, words, app.clock.now());
  await tx
    .insert(erasures)
    .values({ userId: id, handleHash: handleHash(handle), words, erasedAt: at })
    .onConflictDoNothing();
  await tx.update(users).set(nameless(at)).where(eq(users.id, id));
}

/** Ends the address's subscriptions and deletes emails that were or would be sent to it. */
async function forgetAddress(tx: Db, app: AppContext, emailKey: string): Promise<void> {
  const rows = await tx
    .select({ id: subscriptions.id })
    .from(subscriptions)
    .where(eq(subscriptions.emailKey, emailKey));
  for (const { id } of rows) await unsubscribe(tx, app.clock, id);
  await forgetRefusals(tx, emailKey);
  await tx.delete(mails).where(eq(sql`lower(${mails.to})`, emailKey));
  await tx
    .update(invitations)
    .set({ email: null })
    .where(eq(sql`lower(${invitations.email})`, emailKey));
  await tx
    .update(legalNotices)
    .set({ name: null, email: null })
    .where(eq(sql`lower(${legalNotices.email})`, emailKey));
}

/** Returns what is left of a deleted person in `users`: when the account was made and deleted. */
function nameless(erasedAt: number) {
  const handle = formerHandle();
  return {
    handle,
    handleKey: handle,
    handleSkeleton: null,
    handleLook: null,
    name: null,
    nameLook: null,
    email: null,
    emailKey: null,
    mailboxKey: null,
    passwordHash: null,
    role: 'member',
    country: null,
    language: null,
    reads: null,
    timeZone: null,
    theme: null,
    regionOnly: false,
    bio: null,
    confirmedAt: null,
    secondFactorFrom: null,
    suspendedUntil: null,
    silencedUntil: null,
    erasedAt,
  } satisfies Partial<Account>;
}
