import { eq, lte } from 'drizzle-orm';
import { type Adapter, type DatabaseSession, type DatabaseUser, Lucia, TimeSpan } from 'lucia';
import type { Db } from '../../db/client';
import { sessions, users } from '../../db/schema';
import { type Clock, DAY } from '../clock';
import { digestOf } from '../ids';
import type { Person } from './visitor';

/*
 * The only file that knows lucia, which its author no longer maintains: to replace it, write
 * these functions anew.
 *
 * lucia hands out the id of a session and reads it back from the cookie. The database holds
 * only its SHA-256, so that a copy of the database opens nobody's session.
 */

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<Record<never, never>, Person>;
    DatabaseUserAttributes: Person;
  }
}

export const SESSION_COOKIE = 'causeway_session';

/** Sessions end after this many days; reading does not prolong them, since GET changes nothing. */
export const SESSION_DAYS = 60;

/** Opens a session; the token that is returned goes into the cookie. */
export async function openSession(tx: Db, clock: Clock, userId: string): Promise<string> {
  const session = await lucia(tx, clock).createSession(userId, {});
  return session.id;
}

/** Whose session a cookie's token opens, or null when it opens none. */
export async function sessionPerson(db: Db, clock: Clock, token: string): Promise<Person | null> {
  const { user } = await lucia(db, clock).validateSession(token);
  return user;
}

/** Ends one session. Ending one that is not there is no error. */
export async function closeSession(tx: Db, clock: Clock, token: string): Promise<void> {
  await lucia(tx, clock).invalidateSession(token);
}

/** Ends every session of a person, as after a change of password or of standing. */
export async function closeAllSessions(tx: Db, clock: Clock, userId: string): Promise<void> {
  await lucia(tx, clock).invalidateUserSessions(userId);
}

/** Removes what has run out; background work, so that reading never has to. */
export async function purgeSessions(tx: Db, clock: Clock): Promise<void> {
  await tx.delete(sessions).where(lte(sessions.expiresAt, clock.now()));
}

function lucia(db: Db, clock: Clock) {
  return new Lucia<Record<never, never>, Person>(adapter(db, clock), {
    sessionExpiresIn: new TimeSpan(SESSION_DAYS, 'd'),
    getUserAttributes: (person) => person,
  });
}

function adapter(db: Db, clock: Clock): Adapter {
  return {
    async getSessionAndUser(token): Promise<[DatabaseSession | null, DatabaseUser | null]> {
      const [row] = await db
        .select({
          userId: sessions.userId,
          expiresAt: sessions.expiresAt,
          person: {
            id: users.id,
            handle: users.handle,
            name: users.name,
            role: users.role,
            country: users.country,
            language: users.language,
            confirmedAt: users.confirmedAt,
            suspendedUntil: users.suspendedUntil,
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
        { id: token, userId: row.userId, expiresAt, attributes: {} },
        { id: row.userId, attributes: row.person },
      ];
    },
    async setSession(session) {
      const now = clock.now();
      await db.insert(sessions).values({
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
    // Not part of what we ask lucia for: a list needs no ids, and nothing is prolonged by reading.
    getUserSessions: async () => [],
    updateSessionExpiration: async () => {},
    deleteExpiredSessions: async () => {},
  };
}
