import { lte, sql } from 'drizzle-orm';
import { RateLimiterDrizzle, RateLimiterRes } from 'rate-limiter-flexible';
import type { AppContext } from '~/platform/app-context';
import { type Clock, DAY, HOUR, MINUTE, SECOND } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import type { Db } from '~db/client';
import { limits } from '~db/schema';

/** Limits: number of uses per key (`points`) in a window in seconds (`duration`). */
const RULES = {
  /** Login attempts, by account and by network. */
  'login-account': { points: 10, duration: (15 * MINUTE) / SECOND },
  'login-network': { points: 60, duration: (15 * MINUTE) / SECOND },
  /** Login attempts from a browser that has been logged in to the account before. */
  'login-device': { points: 10, duration: (15 * MINUTE) / SECOND },
  /** Re-entered passwords of a logged-in person, by session. */
  'proof-session': { points: 10, duration: (15 * MINUTE) / SECOND },
  /** Emails with a login code: from one network to one address, and to one address in total. */
  'code-network': { points: 5, duration: HOUR / SECOND },
  'code-address': { points: 15, duration: DAY / SECOND },
  /**
   * One-time codes: per account and network, and per account from networks it does not normally
   * use.
   */
  'factor-network': { points: 10, duration: (15 * MINUTE) / SECOND },
  'factor-account': { points: 20, duration: DAY / SECOND },
  /** Passkey logins, by network. */
  'passkey-network': { points: 30, duration: (15 * MINUTE) / SECOND },
  /** Emails to an address that the requester has not confirmed as their own. */
  'mail-address': { points: 4, duration: DAY / SECOND },
  'mail-subscription': { points: 1, duration: DAY / SECOND },
  /** Requests to confirm a subscription, by the domain of the email address. */
  'mail-domain': { points: 100, duration: HOUR / SECOND },
  'mail-network': { points: 30, duration: HOUR / SECOND },
  /** Posts and threads of one person. */
  post: { points: 30, duration: (10 * MINUTE) / SECOND },
  /** Posts and threads of a new member, and from one network. */
  'post-new': { points: 20, duration: HOUR / SECOND },
  'post-network': { points: 100, duration: (10 * MINUTE) / SECOND },
  /** Drafts of one person, and posts from one network that wait for sign-up. */
  draft: { points: 200, duration: (10 * MINUTE) / SECOND },
  'write-network': { points: 20, duration: HOUR / SECOND },
  /** Exports of all data about one person. */
  export: { points: 5, duration: HOUR / SECOND },
  /** Messages of one person to the moderators, and legal notices from one network. */
  modmail: { points: 20, duration: HOUR / SECOND },
  'report-network': { points: 10, duration: HOUR / SECOND },
  flag: { points: 60, duration: HOUR / SECOND },
} as const;

export type LimitName = keyof typeof RULES;

/**
 * Counts one use under a key, such as an account's id or a network.
 * @throws DomainError `too-many` with the seconds until the next use is allowed.
 */
export async function countUse(app: AppContext, name: LimitName, key: string): Promise<void> {
  // A refused use is counted too, so the error must not roll back the transaction.
  const { consumedPoints, msBeforeNext } = await app.db.write((tx) =>
    new ClockedLimiter(tx, app.clock, name).penalty(key),
  );
  if (consumedPoints <= RULES[name].points) return;
  const seconds = msBeforeNext / SECOND;
  throw new DomainError('too-many', 'site.error.tooMany', {
    values: { minutes: Math.max(1, Math.ceil(seconds / 60)) },
    retryAfter: seconds,
  });
}

/** Deletes expired counters; run as a background job. */
export async function purgeLimits(tx: Db, clock: Clock): Promise<void> {
  await tx.delete(limits).where(lte(limits.expiresAt, clock.now()));
}

type Counter = typeof limits.$inferSelect;

/** The library's store with our clock: the library itself always uses `Date.now()`. */
class ClockedLimiter extends RateLimiterDrizzle {
  readonly #tx: Db;
  readonly #clock: Clock;

  constructor(tx: Db, clock: Clock, name: LimitName) {
    const store = { storeClient: tx, schema: limits, clearExpiredByTimeout: false };
    super({ ...RULES[name], ...store, keyPrefix: name });
    this.#tx = tx;
    this.#clock = clock;
  }

  async _upsert(key: string, points: number, ms: number): Promise<Counter | undefined> {
    const now = this.#clock.now();
    const expiresAt = now + ms;
    const over = sql`${limits.expiresAt} <= ${now}`;
    const [counter] = await this.#tx
      .insert(limits)
      .values({ key, points, expiresAt })
      .onConflictDoUpdate({
        target: limits.key,
        set: {
          points: sql`case when ${over} then ${points} else ${limits.points} + ${points} end`,
          expiresAt: sql`case when ${over} then ${expiresAt} else ${limits.expiresAt} end`,
        },
      })
      .returning();
    return counter;
  }

  _getRateLimiterRes(_key: string, added: number, { points, expiresAt }: Counter): RateLimiterRes {
    const left = Math.max((expiresAt ?? 0) - this.#clock.now(), 0);
    return new RateLimiterRes(Math.max(this.points - points, 0), left, points, points === added);
  }
}
