import { and, eq, gt, lte, sql } from 'drizzle-orm';
import { RateLimiterDrizzle, RateLimiterRes } from 'rate-limiter-flexible';
import type { AppContext } from '~/platform/app-context';
import { type Clock, DAY, HOUR, MINUTE, SECOND } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import type { MessageKey } from '~/platform/i18n/translator';
import type { Db, WriteScope } from '~db/client';
import { inList } from '~db/dialect';
import { limits } from '~db/schema';
import { prepared } from '~db/statement-cache';
import { isStorageTrouble } from '~db/storage-errors';
import { networkOf, widerNetworkOf } from './network';

const LOGINS = 'people.error.tooManyLogins';

interface Rule {
  /** Number of uses per key in a window. */
  points: number;
  /** Of the window, in seconds. */
  duration: number;
  /** What a refused person reads; it has the value `minutes`. */
  message?: MessageKey;
}

/* Of the uses that guard against guessing, right ones are taken back: see `takeBackUses`. */
const RULES = {
  /** Login attempts, by account and by network. */
  'login-account': { points: 10, duration: (15 * MINUTE) / SECOND },
  'login-network': { points: 60, duration: (15 * MINUTE) / SECOND, message: LOGINS },
  /** Login attempts from a browser that has been logged in to the account before. */
  'login-device': { points: 10, duration: (15 * MINUTE) / SECOND },
  /** Re-entered passwords of a logged-in person, by session. */
  'proof-session': { points: 10, duration: (15 * MINUTE) / SECOND },
  /** Emails with a login code to one address: from one network, and from one known browser. */
  'code-network': { points: 5, duration: HOUR / SECOND },
  'code-device': { points: 5, duration: HOUR / SECOND },
  /** The same after the right password, which strangers cannot use up. */
  'code-password': { points: 5, duration: HOUR / SECOND },
  /**
   * One-time codes: per account and network; per account from browsers that it has not been used
   * in; and the same after a login by email, which only the owner of the mailbox can use up.
   */
  'factor-network': { points: 10, duration: (15 * MINUTE) / SECOND, message: LOGINS },
  'factor-account': { points: 20, duration: DAY / SECOND },
  'factor-email': { points: 20, duration: DAY / SECOND },
  /** Attempts to make an account with a setup link or an invitation, by network. */
  'setup-network': { points: 20, duration: HOUR / SECOND },
  /** Passkey logins, by network. */
  'passkey-network': { points: 30, duration: (15 * MINUTE) / SECOND, message: LOGINS },
  /**
   * Emails to a mailbox that may not be the requester's, by purpose: some a day, and one an hour
   * after that. Links in these emails are valid for an hour or longer, so whoever uses up the limit
   * has sent the owner a link that works.
   */
  'mail-address': { points: 4, duration: DAY / SECOND },
  'mail-address-more': { points: 1, duration: HOUR / SECOND, message: 'people.error.mailed' },
  'mail-subscription': { points: 1, duration: DAY / SECOND },
  /** Requests to confirm a subscription, by the domain of the email address. */
  'mail-domain': { points: 100, duration: HOUR / SECOND },
  'mail-network': { points: 30, duration: HOUR / SECOND },
  /** Test emails of one administrator to themselves. */
  'mail-test': { points: 10, duration: HOUR / SECOND },
  /** Posts and threads of one person. */
  post: { points: 30, duration: (10 * MINUTE) / SECOND },
  /** Posts and threads of a new member, and from one network. */
  'post-new': { points: 20, duration: HOUR / SECOND },
  'post-network': { points: 100, duration: (10 * MINUTE) / SECOND },
  /** Previews by visitors without an account. */
  'preview-network': { points: 60, duration: (10 * MINUTE) / SECOND },
  /** Drafts of one person, and posts from one network that wait for sign-up. */
  draft: { points: 200, duration: (10 * MINUTE) / SECOND },
  'write-network': { points: 20, duration: HOUR / SECOND },
  /** Exports of all data about one person. */
  export: { points: 5, duration: HOUR / SECOND },
  /** Messages of one person to the moderators, and legal notices from one network. */
  modmail: { points: 20, duration: HOUR / SECOND },
  'report-network': { points: 10, duration: HOUR / SECOND },
  flag: { points: 60, duration: HOUR / SECOND },
  /** Machine translations that one person asks for. */
  translate: { points: 30, duration: HOUR / SECOND },
} as const satisfies Record<string, Rule>;

type RuleName = keyof typeof RULES;
type NetworkLimitName = Extract<RuleName, `${string}-network`>;

/** Limits that are not counted by network. */
export type LimitName = Exclude<RuleName, NetworkLimitName>;

/** How many times as much is allowed to a provider's or a site's network (/48) as to a /64 in it. */
const WIDER = 4;

/** A use that is counted under a key, such as an account's id. */
export interface Use {
  name: LimitName;
  key: string;
}

/** A use that is counted by network: `networkUses` makes these. */
export interface NetworkUse {
  name: NetworkLimitName;
  key: string;
  /** How many times as much is allowed as the rule says. */
  times: number;
}

/**
 * Counts one use under a key.
 * @throws DomainError `too-many` with the seconds until the next use is allowed.
 */
export async function countUse(app: AppContext, name: LimitName, key: string): Promise<void> {
  await countUses(app, [{ name, key }]);
}

/**
 * Counts one use by the client's network; uses `about` different things are counted apart.
 * @throws DomainError `too-many` with the seconds until the next use is allowed.
 */
export async function countNetworkUse(
  app: AppContext,
  name: NetworkLimitName,
  address: string,
  about?: string,
): Promise<void> {
  await countUses(app, networkUses(name, address, about));
}

/**
 * Returns the uses to count for a client's network: an IPv4 address, or for IPv6 its /64 and its
 * /48. Uses that are `about` different things, such as accounts, are counted apart.
 */
export function networkUses(
  name: NetworkLimitName,
  address: string,
  about?: string,
): readonly NetworkUse[] {
  const keyOf = (network: string) => (about === undefined ? network : `${network}|${about}`);
  const network = networkOf(address);
  const own = { name, key: keyOf(network), times: 1 };
  // Of IPv4 a wider network belongs to strangers more often than to one subscriber.
  if (!network.includes(':')) return [own];
  return [own, { name, key: keyOf(widerNetworkOf(address)), times: WIDER }];
}

/**
 * Counts several uses in one transaction, in this order, up to the first that is over its limit.
 * @throws DomainError `too-many` with the seconds until the next use is allowed.
 */
export async function countUses(
  app: AppContext,
  uses: readonly (Use | NetworkUse)[],
): Promise<void> {
  // A refused use is counted too, so the error must not roll back the transaction.
  const refused = await app.db.write((tx) => countUpToLimit(tx, app.clock, uses), ofCounters(uses));
  if (refused) throw refused;
}

/** Counts uses in a transaction; what it throws rolls them back. */
export type CountUses = (tx: Db) => Promise<void>;

/**
 * Runs work that counts the uses in a transaction of its own, with the function it is given, so that they
 * need no second one. If the work fails, the uses are counted all the same.
 * @throws DomainError `too-many`, before the work if a limit was used up already.
 */
export async function countingUses<T>(
  app: AppContext,
  uses: readonly (Use | NetworkUse)[],
  work: (count: CountUses) => Promise<T>,
): Promise<T> {
  const { db, clock } = app;
  const usedUp = await firstUsedUp(db.reader, clock, uses);
  if (usedUp) throw usedUp;
  try {
    return await work(async (tx) => {
      const refused = await countUpToLimit(tx, clock, uses);
      if (refused) throw refused;
    });
  } catch (error) {
    if (!isStorageTrouble(error)) await countUses(app, uses);
    throw error;
  }
}

async function countUpToLimit(
  tx: Db,
  clock: Clock,
  uses: readonly (Use | NetworkUse)[],
): Promise<DomainError | null> {
  for (const one of uses) {
    const { over, ms } = await use(tx, clock, one);
    if (over > 0) return refusal(one.name, ms);
  }
  return null;
}

const readCounters = prepared((db) => db.select().from(limits).where(inList(limits.key, 'keys')));

/** Returns the refusal of the first use that would be over its limit; null if none would. */
async function firstUsedUp(
  db: Db,
  clock: Clock,
  uses: readonly (Use | NetworkUse)[],
): Promise<DomainError | null> {
  const keys = uses.map(({ name, key }) => storedKey(name, key));
  const counters = new Map((await readCounters(db, { keys })).map((one) => [one.key, one]));
  for (const [at, one] of uses.entries()) {
    const { points = 0, expiresAt } = counters.get(keys[at] ?? '') ?? {};
    const left = (expiresAt ?? 0) - clock.now();
    if (left > 0 && points >= allowed(one)) return refusal(one.name, left);
  }
  return null;
}

function refusal(name: RuleName, ms: number): DomainError {
  const { message = 'site.error.tooMany' } = RULES[name] as Rule;
  const seconds = ms / SECOND;
  return new DomainError('too-many', message, {
    values: { minutes: Math.max(1, Math.ceil(seconds / 60)) },
    retryAfter: seconds,
  });
}

function allowed({ name, times = 1 }: Counted): number {
  return RULES[name].points * times;
}

/**
 * Takes back uses that were counted before a guess was checked and was right, so that only wrong
 * guesses count. What is already over a limit stays over it.
 */
export async function takeBackUses(
  app: AppContext,
  uses: readonly (Use | NetworkUse)[],
): Promise<void> {
  await app.db.write(async (tx) => {
    for (const { name, key } of uses) {
      const stored = storedKey(name, key);
      await tx
        .update(limits)
        .set({ points: sql`${limits.points} - 1` })
        .where(
          and(eq(limits.key, stored), gt(limits.expiresAt, app.clock.now()), gt(limits.points, 0)),
        );
    }
  }, ofCounters(uses));
}

/** Counts one use. Returns false, and throws nothing, if it is over the limit. */
export async function isWithinLimit(
  app: AppContext,
  name: LimitName,
  key: string,
): Promise<boolean> {
  const one = { name, key };
  const { over } = await app.db.write((tx) => use(tx, app.clock, one), ofCounters([one]));
  return over === 0;
}

/**
 * Counts one use that may wait. Returns how long it has to, in ms, so that no window has more than
 * its number of uses: 0 within the limit, and never more than `longest`.
 */
export async function waitForUse(
  app: AppContext,
  name: LimitName,
  key: string,
  longest: number,
): Promise<number> {
  const one = { name, key };
  const { over, ms } = await app.db.write((tx) => use(tx, app.clock, one), ofCounters([one]));
  if (over === 0) return 0;
  const { points, duration } = RULES[name];
  return Math.min(longest, ms + Math.floor((over - 1) / points) * duration * SECOND);
}

/** Each counter is a row of its own, whatever else is counted. */
function ofCounters(uses: readonly Counted[]): WriteScope {
  return { about: uses.map(({ name, key }) => `limit:${name}:${key}` as const) };
}

interface Counted {
  name: RuleName;
  key: string;
  times?: number;
}

/** Counts one use. Returns by how many the limit is exceeded, and the rest of the window in ms. */
async function use(tx: Db, clock: Clock, one: Counted): Promise<{ over: number; ms: number }> {
  const limiter = new ClockedLimiter(tx, clock, one.name);
  const { consumedPoints, msBeforeNext } = await limiter.penalty(one.key);
  return { over: Math.max(0, consumedPoints - allowed(one)), ms: msBeforeNext };
}

/** Deletes expired counters; run as a background job. */
export async function purgeLimits(tx: Db, clock: Clock): Promise<void> {
  await tx.delete(limits).where(lte(limits.expiresAt, clock.now()));
}

type Counter = typeof limits.$inferSelect;

const addPoints = prepared((db) => {
  const [points, expiresAt] = [sql`excluded.points`, sql`excluded.expires_at`];
  const over = sql`${limits.expiresAt} <= ${sql.placeholder('now')}`;
  return db
    .insert(limits)
    .values({
      key: sql.placeholder('key'),
      points: sql.placeholder('points'),
      expiresAt: sql.placeholder('expiresAt'),
    })
    .onConflictDoUpdate({
      target: limits.key,
      set: {
        points: sql`case when ${over} then ${points} else ${limits.points} + ${points} end`,
        expiresAt: sql`case when ${over} then ${expiresAt} else ${limits.expiresAt} end`,
      },
    })
    .returning();
});

/** The library's name of a counter in the database. */
function storedKey(name: RuleName, key: string): string {
  return `${name}:${key}`;
}

/** The library's store with our clock: the library itself always uses `Date.now()`. */
class ClockedLimiter extends RateLimiterDrizzle {
  readonly #tx: Db;
  readonly #clock: Clock;

  constructor(tx: Db, clock: Clock, name: RuleName) {
    const store = { storeClient: tx, schema: limits, clearExpiredByTimeout: false };
    const { points, duration } = RULES[name];
    super({ points, duration, ...store, keyPrefix: name });
    this.#tx = tx;
    this.#clock = clock;
  }

  async _upsert(key: string, points: number, ms: number): Promise<Counter | undefined> {
    const now = this.#clock.now();
    const [counter] = await addPoints(this.#tx, { key, points, expiresAt: now + ms, now });
    return counter;
  }

  _getRateLimiterRes(_key: string, added: number, { points, expiresAt }: Counter): RateLimiterRes {
    const left = Math.max((expiresAt ?? 0) - this.#clock.now(), 0);
    return new RateLimiterRes(Math.max(this.points - points, 0), left, points, points === added);
  }
}
