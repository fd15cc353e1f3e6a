import { and, desc, eq, gt, lte, ne } from 'drizzle-orm';
import { type Adapter, type DatabaseSession, type DatabaseUser, Lucia, TimeSpan } from 'lucia';
import type { Person } from '~/domain/accounts/users/visitor';
import { type Clock, DAY } from '~/platform/clock';
import { digestOf } from '~/platform/ids';
import type { Db } from '~db/client';
import { sessions, users } from '~db/schema';

/*
 * The only file that knows lucia, which its author no longer maintains: to replace it, write
 * these functions anew.
 *
 * lucia hands out the id of a session and reads it back from the cookie. The database holds
 * only its SHA-256, so that a copy of the database opens nobody's session.
 */
declare module 'lucia' {
  interface Register {
    Lucia: Lucia<SessionFacts, Person>;
    DatabaseUserAttributes: Person;
    DatabaseSessionAttributes: SessionFacts;
  }
}

export const SESSION_COOKIE = 'causeway_session';

/** Sessions end after this many days; reading does not prolong them, since GET changes nothing. */
export const SESSION_DAYS = 60;

/** How a session came to be. */
export interface SessionFacts {
  /** When the person last proved, in this session, to be who they are. */
  provenAt: number;
  /** When they gave a second factor in it; null when they did not. */
  secondFactorAt: number | null;
  /** Family and system of the browser, such as `firefox/android`; null when it is not known. */
  browser: string | null;
}

export interface Session extends SessionFacts {
  /** The SHA-256 of what the cookie carries. */
  id: string;
}

/** Opens a session; the token that is returned goes into the cookie. */
export async function openSession(
  tx: Db,
  clock: Clock,
  userId: string,
  facts: { secondFactor?: boolean; browser?: string | null } = {},
): Promise<string> {
  const now = clock.now();
  const session = await lucia(tx, clock).createSession(userId, {
    provenAt: now,
    secondFactorAt: facts.secondFactor ? now : null,
    browser: facts.browser ?? null,
  });
  return session.id;
}

/** Whose session a cookie's token opens, and how it came to be; null when it opens none. */
export async function findSession(
  db: Db,
  clock: Clock,
  token: string,
): Promise<{ person: Person; session: Session } | null> {
  const { user, session } = await lucia(db, clock).validateSession(token);
  if (!user) return null;
  const { provenAt, secondFactorAt, browser } = session;
  return { person: user, session: { id: digestOf(token), provenAt, secondFactorAt, browser } };
}

/** Ends one session. Ending one that is not there is no error. */
export async function closeSession(tx: Db, clock: Clock, token: string): Promise<void> {
  await lucia(tx, clock).invalidateSession(token);
}

/** Ends every session of a person, as after a change of password or of standing. */
export async function closeAllSessions(tx: Db, clock: Clock, userId: string): Promise<void> {
  await lucia(tx, clock).invalidateUserSessions(userId);
}

/** Ends every session of a person but the one they are in. */
export async function closeOtherSessions(tx: Db, userId: string, kept: string): Promise<void> {
  await tx.delete(sessions).where(and(eq(sessions.userId, userId), ne(sessions.id, kept)));
}

/** Ends one session of a person by its id. */
export async function revokeSession(tx: Db, userId: string, id: string): Promise<void> {
  await tx.delete(sessions).where(and(eq(sessions.userId, userId), eq(sessions.id, id)));
}

/** The sessions that a person has open, newest first. */
export function sessionsOf(db: Db, clock: Clock, userId: string) {
  return db
    .select({ id: sessions.id, browser: sessions.browser, provenAt: sessions.provenAt })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, clock.now())))
    .orderBy(desc(sessions.createdAt), desc(sessions.id));
}

/** Notes that the person of a session has just proven who they are. */
export async function renewProof(
  tx: Db,
  clock: Clock,
  id: string,
  { secondFactor = false } = {},
): Promise<void> {
  const now = clock.now();
  await tx
    .update(sessions)
    .set({ provenAt: now, ...(secondFactor && { secondFactorAt: now }) })
    .where(eq(sessions.id, id));
}

/** Forgets in every session of a person that a second factor was given: there is none any more. */
export async function forgetSecondFactor(tx: Db, userId: string): Promise<void> {
  await tx.update(sessions).set({ secondFactorAt: null }).where(eq(sessions.userId, userId));
}

/** Removes what has run out; background work, so that reading never has to. */
export async function purgeSessions(tx: Db, clock: Clock): Promise<void> {
  await tx.delete(sessions).where(lte(sessions.expiresAt, clock.now()));
}

function lucia(db: Db, clock: Clock) {
  return new Lucia<SessionFacts, Person>(adapter(db, clock), {
    sessionExpiresIn: new TimeSpan(SESSION_DAYS, 'd'),
    getUserAttributes: (person) => person,
    getSessionAttributes: (facts) => facts,
  });
}

function adapter(db: Db, clock: Clock): Adapter {
  return {
    async getSessionAndUser(token): Promise<[DatabaseSession | null, DatabaseUser | null]> {
      const [row] = await db
        .select({
          userId: sessions.userId,
          expiresAt: sessions.expiresAt,
          facts: {
            provenAt: sessions.provenAt,
            secondFactorAt: sessions.secondFactorAt,
            browser: sessions.browser,
          },
          person: {
            id: users.id,
            handle: users.handle,
            name: users.name,
            role: users.role,
            country: users.country,
            regionOnly: users.regionOnly,
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
        .where(eq(sessions.id, digestOf(token)));
      if (!row || row.expiresAt <= clock.now()) return [null, null];
      // lucia compares with the machine's clock, we keep time by ours: it is told a moment far
      // enough away that it neither ends nor prolongs what we have just found valid.
      const expiresAt = new Date(Date.now() + SESSION_DAYS * DAY);
      return [
        { id: token, userId: row.userId, expiresAt, attributes: row.facts },
        { id: row.userId, attributes: row.person },
      ];
    },
    async setSession(session) {
      const now = clock.now();
      await db.insert(sessions).values({
        ...session.attributes,
        id: digestOf(session.id),
        userId: session.userId,
        createdAt: now,
        expiresAt: now + SESSION_DAYS * DAY,
      });
    },
    async deleteSession(token) {
      await db.delete(sessions).where(eq(sessions.id, digestOf(token)));
    },
    async deleteUserSessions(userId) {
      await db.delete(sessions).where(eq(sessions.userId, userId));
    },
    // Not part of what we ask lucia for: its list would give ids that are ours to digest, and
    // nothing is prolonged by reading.
    getUserSessions: async () => [],
    updateSessionExpiration: async () => {},
    deleteExpiredSessions: async () => {},
  };
}
