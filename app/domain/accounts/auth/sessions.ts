import { eq } from 'drizzle-orm';
import { type Adapter, Lucia, TimeSpan } from 'lucia';
import type { Person } from '~/domain/accounts/users/visitor';
import { type Clock, DAY } from '~/platform/clock';
import { digestOf, newToken } from '~/platform/ids';
import type { Db } from '~db/client';
import { sessions } from '~db/schema';
import { readOnlyAdapter, type SessionFacts, sessionAdapter } from './session-adapter';

/*
 * Sessions are created, validated, extended and ended by lucia, which only this file and its
 * adapter know. What lucia calls a session's id is the SHA-256 of the token in the cookie: the
 * database never holds the token, so a copy of it opens nobody's session.
 */
declare module 'lucia' {
  interface Register {
    Lucia: Lucia<SessionFacts, Person>;
  }
}

export const SESSION_COOKIE = 'causeway_session';

/**
 * A session ends so many days after log-in. A form sent in the second half of that time extends it
 * to the same time from then. Reading does not, since GET changes nothing.
 */
export const SESSION_DAYS = 60;

/** However often it is extended, a session ends so many days after log-in. */
export const LONGEST_SESSION_DAYS = 180;

const LIFETIME = SESSION_DAYS * DAY;
/** lucia knows no end that extending cannot move: this long after log-in none is asked for. */
const EXTENDED_UNTIL = LONGEST_SESSION_DAYS * DAY - LIFETIME;

export interface Session extends SessionFacts {
  /** The SHA-256 of what the cookie carries. */
  id: string;
  /** Whether a form sent in it extends it. */
  extendable: boolean;
}

/** Opens a session; the token that is returned goes into the cookie. */
export async function openSession(
  tx: Db,
  clock: Clock,
  userId: string,
  facts: { secondFactor?: boolean; browser?: string | null } = {},
): Promise<string> {
  const token = newToken();
  const now = clock.now();
  await writing(tx, clock).createSession(
    userId,
    {
      createdAt: now,
      provenAt: now,
      secondFactorAt: facts.secondFactor ? now : null,
      browser: facts.browser ?? null,
    },
    { sessionId: digestOf(token) },
  );
  return token;
}

/** Whose session a cookie's token opens, and how it came to be; null when it opens none. */
export async function findSession(
  db: Db,
  clock: Clock,
  token: string,
): Promise<{ person: Person; session: Session } | null> {
  const { user, session } = await reading(db, clock).validateSession(digestOf(token));
  if (!user) return null;
  const { userId: _, expiresAt: __, fresh, ...facts } = session;
  const extendable = fresh && clock.now() < facts.createdAt + EXTENDED_UNTIL;
  return { person: user, session: { ...facts, extendable } };
}

/** Extends a session that was found extendable. */
export async function extendSession(tx: Db, clock: Clock, session: Session): Promise<void> {
  if (session.extendable) await writing(tx, clock).validateSession(session.id);
}

/** Ends one session. Ending one that is not there is no error. */
export async function closeSession(tx: Db, clock: Clock, token: string): Promise<void> {
  await writing(tx, clock).invalidateSession(digestOf(token));
}

/** Ends every session of a person, as after a change of password or of standing. */
export async function closeAllSessions(tx: Db, clock: Clock, userId: string): Promise<void> {
  await writing(tx, clock).invalidateUserSessions(userId);
}

/** Ends every session of a person but the one they are in. */
export async function closeOtherSessions(
  tx: Db,
  clock: Clock,
  userId: string,
  kept: string,
): Promise<void> {
  const lucia = writing(tx, clock);
  for (const { id } of await lucia.getUserSessions(userId)) {
    if (id !== kept) await lucia.invalidateSession(id);
  }
}

/** Ends one session of a person by its id; those of others are left alone. */
export async function revokeSession(
  tx: Db,
  clock: Clock,
  userId: string,
  id: string,
): Promise<void> {
  const lucia = writing(tx, clock);
  const theirs = await lucia.getUserSessions(userId);
  if (theirs.some((session) => session.id === id)) await lucia.invalidateSession(id);
}

/** The sessions that a person has open, newest first. */
export async function sessionsOf(db: Db, clock: Clock, userId: string) {
  const open = await reading(db, clock).getUserSessions(userId);
  return open.sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
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

/**
 * Gives a session another token, which goes into the cookie; the one before opens nothing any more.
 * lucia cannot change the id of a session.
 */
export async function renewToken(tx: Db, id: string): Promise<string> {
  const token = newToken();
  await tx
    .update(sessions)
    .set({ id: digestOf(token) })
    .where(eq(sessions.id, id));
  return token;
}

/** Forgets in every session of a person that a second factor was given: there is none any more. */
export async function forgetSecondFactor(tx: Db, userId: string): Promise<void> {
  await tx.update(sessions).set({ secondFactorAt: null }).where(eq(sessions.userId, userId));
}

/** Removes what has run out; background work, so that reading never has to. */
export async function purgeSessions(tx: Db, clock: Clock): Promise<void> {
  await writing(tx, clock).deleteExpiredSessions();
}

function reading(db: Db, clock: Clock) {
  return luciaOn(readOnlyAdapter(db, clock, LIFETIME));
}

function writing(tx: Db, clock: Clock) {
  return luciaOn(sessionAdapter(tx, clock, LIFETIME));
}

function luciaOn(adapter: Adapter) {
  return new Lucia<SessionFacts, Person>(adapter, {
    sessionExpiresIn: new TimeSpan(SESSION_DAYS, 'd'),
    getUserAttributes: (person) => person,
    getSessionAttributes: (facts) => facts,
  });
}
