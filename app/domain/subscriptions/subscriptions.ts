import { and, asc, eq, lte, ne } from 'drizzle-orm';
import type { Pillar } from '~/domain/community/vocabularies';
import { type Clock, DAY } from '~/platform/clock';
import { isLocale } from '~/platform/i18n/locales';
import { emailKey } from '~/platform/mail/email-address';
import { addressHash, lift, liftOlder, suppress } from '~/platform/mail/suppression';
import type { Db } from '~db/client';
import { mailRefusals, subscriptionPillars, subscriptionScopes, subscriptions } from '~db/schema';
import type { Choices } from './choices';

/** Retention of unconfirmed requests. */
const PENDING_KEPT = 7 * DAY;

/** Time for which an address is not asked again after its owner denied a request. */
const DENIAL_KEPT = 90 * DAY;

export interface Subscription extends Choices {
  id: string;
  /** Null once the owner has unsubscribed. */
  email: string | null;
  state: 'pending' | 'active' | 'left';
}

export async function findSubscription(db: Db, id: string): Promise<Subscription | null> {
  const [row] = await db.select().from(subscriptions).where(eq(subscriptions.id, id));
  if (!row) return null;
  const scopes = await db
    .select({ scope: subscriptionScopes.scope })
    .from(subscriptionScopes)
    .where(eq(subscriptionScopes.subscriptionId, id))
    .orderBy(asc(subscriptionScopes.scope));
  const pillars = await db
    .select({ pillar: subscriptionPillars.pillar })
    .from(subscriptionPillars)
    .where(eq(subscriptionPillars.subscriptionId, id));
  return {
    id,
    email: row.email,
    state: row.state,
    frequency: row.frequency,
    language: isLocale(row.language) ? row.language : 'en',
    scopes: scopes.map(({ scope }) => scope),
    pillars: pillars.map(({ pillar }) => pillar as Pillar),
  };
}

/** Confirms a request, also after an earlier unsubscription; repeating it changes nothing. */
export async function confirmSubscription(tx: Db, clock: Clock, id: string): Promise<void> {
  const [confirmed] = await tx
    .update(subscriptions)
    .set({ state: 'active', confirmedAt: clock.now() })
    .where(and(eq(subscriptions.id, id), eq(subscriptions.state, 'pending')))
    .returning({ email: subscriptions.email });
  if (confirmed?.email) await lift(tx, addressHash(confirmed.email), 'digest');
}

/** Changes the choices of a subscription; does nothing after unsubscribing. */
export async function updateSubscription(tx: Db, id: string, choices: Choices): Promise<void> {
  const changed = await tx
    .update(subscriptions)
    .set({ frequency: choices.frequency, language: choices.language })
    .where(and(eq(subscriptions.id, id), ne(subscriptions.state, 'left')))
    .returning({ id: subscriptions.id });
  if (changed.length > 0) await storePlacesAndPillars(tx, id, choices);
}

/**
 * Ends a subscription or a request, erases the email address and stores its hash, so that no digest
 * is sent there again, whatever queues one. After a denied request the address is not asked again
 * for a while. Repeating it changes nothing.
 */
export async function unsubscribe(tx: Db, clock: Clock, id: string): Promise<void> {
  const [left] = await tx
    .select({ email: subscriptions.email, state: subscriptions.state })
    .from(subscriptions)
    .where(eq(subscriptions.id, id));
  if (left?.email) {
    const hash = addressHash(left.email);
    await suppress(tx, clock, hash, 'digest');
    if (left.state === 'pending') await suppress(tx, clock, hash, 'request');
  }
  await tx
    .update(subscriptions)
    .set({ state: 'left', leftAt: clock.now(), email: null, emailKey: null })
    .where(and(eq(subscriptions.id, id), ne(subscriptions.state, 'left')));
}

/** Ends what an email address that does not exist asked for; once it exists it can ask again. */
export async function endSubscription(tx: Db, clock: Clock, email: string): Promise<void> {
  const [row] = await tx
    .select({ id: subscriptions.id })
    .from(subscriptions)
    .where(eq(subscriptions.emailKey, emailKey(email)));
  if (row) await unsubscribe(tx, clock, row.id);
}

/** Removes the address from the record of refused emails, which stays without it. */
export async function forgetRefusals(tx: Db, email: string): Promise<void> {
  await tx
    .update(mailRefusals)
    .set({ addressHash: null })
    .where(eq(mailRefusals.addressHash, addressHash(email)));
}

/** Replaces the places and pillars of a subscription. */
async function storePlacesAndPillars(
  tx: Db,
  id: string,
  { scopes, pillars }: Pick<Choices, 'scopes' | 'pillars'>,
): Promise<void> {
  await tx.delete(subscriptionScopes).where(eq(subscriptionScopes.subscriptionId, id));
  await tx.delete(subscriptionPillars).where(eq(subscriptionPillars.subscriptionId, id));
  await tx
    .insert(subscriptionScopes)
    .values(scopes.map((scope) => ({ subscriptionId: id, scope })));
  if (pillars.length === 0) return;
  await tx
    .insert(subscriptionPillars)
    .values(pillars.map((pillar) => ({ subscriptionId: id, pillar })));
}

/** Deletes unconfirmed requests and old records of denied ones. A background job. */
export async function purgeRequests(tx: Db, clock: Clock): Promise<void> {
  await liftOlder(tx, 'request', clock.now() - DENIAL_KEPT);
  await tx
    .delete(subscriptions)
    .where(
      and(
        eq(subscriptions.state, 'pending'),
        lte(subscriptions.createdAt, clock.now() - PENDING_KEPT),
      ),
    );
}
