import { eq, lte, sql } from 'drizzle-orm';
import type { Adapter, DatabaseSession, DatabaseUser } from 'lucia';
import type { Person } from '~/domain/accounts/users/visitor';
import type { Clock } from '~/platform/clock';
import type { Db } from '~db/client';
import { sessions, users } from '~db/schema';
import { prepared } from '~db/statement-cache';

/** Facts about the start of a session. */
export interface SessionFacts {
  /** Time of login. */
  createdAt: number;
  /** Time of the last authentication in this session. */
  provenAt: number;
  /** Time at which a second factor was given in this session; null if none was. */
  secondFactorAt: number | null;
  /** Browser and operating system, such as `firefox/android`; null if unknown. */
  browser: string | null;
}

declare module 'lucia' {
  interface Register {
    DatabaseUserAttributes: Person;
    DatabaseSessionAttributes: SessionFacts;
  }
}

const readSession = prepared((db) =>
  db
    .select({
      session: sessions,
      person: {
        id: users.id,
        handle: users.handle,
        name: users.name,
        role: users.role,
        country: users.country,
        regionOnly: users.regionOnly,
        reads: users.reads,
        language: users.language,
        timeZone: users.timeZone,
        theme: users.theme,
        confirmedAt: users.confirmedAt,
        suspendedUntil: users.suspendedUntil,
        silencedUntil: users.silencedUntil,
        secondFactorFrom: users.secondFactorFrom,
      },
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.id, sql.placeholder('id'))),
);

/**
 * The adapter with which lucia stores sessions, each for `lifetime` milliseconds from when it is
 * created or extended. Their ids are already digests: `sessions.ts` gives lucia no token. lucia
 * uses the machine's clock where the rest of the program uses `clock`, so times passed to it are
 * converted, and times it returns are not used.
 */
export function sessionAdapter(db: Db, clock: Clock, lifetime: number): Adapter {
  const fromRow = (row: typeof sessions.$inferSelect): DatabaseSession => ({
    id: row.id,
    userId: row.userId,
    expiresAt: new Expiry(row.expiresAt, clock),
    attributes: {
      createdAt: row.createdAt,
      provenAt: row.provenAt,
      secondFactorAt: row.secondFactorAt,
      browser: row.browser,
    },
  });
  return {
    async getSessionAndUser(id): Promise<[DatabaseSession | null, DatabaseUser | null]> {
      const [row] = await readSession(db, { id });
      if (!row) return [null, null];
      return [fromRow(row.session), { id: row.person.id, attributes: row.person }];
    },
    async getUserSessions(userId) {
      const rows = await db.select().from(sessions).where(eq(sessions.userId, userId));
      return rows.map(fromRow);
    },
    async setSession({ id, userId, attributes }) {
      const expiresAt = clock.now() + lifetime;
      await db.insert(sessions).values({ ...attributes, id, userId, expiresAt });
    },
    async updateSessionExpiration(id) {
      const expiresAt = clock.now() + lifetime;
      await db.update(sessions).set({ expiresAt }).where(eq(sessions.id, id));
    },
    async deleteSession(id) {
      await db.delete(sessions).where(eq(sessions.id, id));
    },
    async deleteUserSessions(userId) {
      await db.delete(sessions).where(eq(sessions.userId, userId));
    },
    async deleteExpiredSessions() {
      await db.delete(sessions).where(lte(sessions.expiresAt, clock.now()));
    },
  };
}

/** The same for a request that must not change anything: lucia's writes are ignored. */
export function readOnlyAdapter(db: Db, clock: Clock, lifetime: number): Adapter {
  return {
    ...sessionAdapter(db, clock, lifetime),
    async updateSessionExpiration() {},
    async deleteSession() {},
  };
}

/** A time of our clock that lucia can compare with `Date.now()`, exact to the millisecond. */
class Expiry extends Date {
  readonly #moment: number;
  readonly #clock: Clock;

  constructor(moment: number, clock: Clock) {
    super(moment);
    this.#moment = moment;
    this.#clock = clock;
  }

  override getTime(): number {
    const left = this.#moment - this.#clock.now();
    return left > 0 ? Date.now() + left : 0;
  }
}
