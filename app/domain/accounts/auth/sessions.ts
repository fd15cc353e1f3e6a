import { eq } from 'drizzle-orm';
import { type Adapter, Lucia, TimeSpan } from 'lucia';
import type { Person } from '~/domain/accounts/users/visitor';
import { type Clock, DAY } from '~/platform/clock';
import { digestOf, newToken } from '~/platform/ids';
import type { Db } from '~db/client';
import { sessions } from '~db/schema';
import { readOnlyAdapter, type SessionFacts, sessionAdapter } from './session-adapter';

/*
 * Sessions are created, validated, extended and ended by lucia, which is used only in this file and
 * its adapter. lucia's session id is the SHA-256 of the token in the cookie: the database never
 * holds the token, so a copy of the database gives access to no session.
 */
declare module 'lucia' {
  interface Register {
    Lucia: Lucia<SessionFacts, Person>;
  }
}

export const SESSION_COOKIE = 'causeway_session';

/**
 * A session ends this many days after login. Sending a form in the second half of that time extends
 * it to the full time again. Reading a page does not, because a GET changes nothing.
 */
export const SESSION_DAYS = 60;

/** Even when extended, a session ends at the latest this many days after login. */
export const LONGEST_SESSION_DAYS = 180;

const LIFETIME = SESSION_DAYS * DAY;
/** lucia has no maximum for extended sessions: from this age on, a session is not extended. */
const EXTENDED_UNTIL = LONGEST_SESSION_DAYS * DAY - LIFETIME;

export interface Session extends SessionFacts {
  /** The SHA-256 of the token in the cookie. */
  id: string;
  /** True if sending a form extends the session. */
  extendable: boolean;
}

/** Creates a session; the returned token is for the cookie. */
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

/** Returns the session of a cookie's token with its person; null if there is none. */
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

/** Extends a session that is extendable. */
export async function extendSession(tx: Db, clock: Clock, session: Session): Promise<void> {
  if (session.extendable) await writing(tx, clock).validateSession(session.id);
}

/** Ends one session; does nothing if it does not exist. */
export async function closeSession(tx: Db, clock: Clock, token: string): Promise<void> {
  await writing(tx, clock).invalidateSession(digestOf(token));
}

/** Ends all sessions of a person, for example after a change of password or role. */
export async function closeAllSessions(tx: Db, clock: Clock, userId: string): Promise<void> {
  await writing(tx, clock).invalidateUserSessions(userId);
}

/** Ends all sessions of a person except the current one. */
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

/** Ends one session of a person by its id; sessions of other people are not affected. */
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

/** Returns the active sessions of a person, newest first. */
export async function sessionsOf(db: Db, clock: Clock, userId: string) {
  const open = await reading(db, clock).getUserSessions(userId);
  return open.sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
}

/** Records that the person of a session has just authenticated. */
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

/** Replaces a session's token, for the cookie. lucia cannot change the id of a session. */
export async function renewToken(tx: Db, id: string): Promise<string> {
  const token = newToken();
  await tx
    .update(sessions)
    .set({ id: digestOf(token) })
    .where(eq(sessions.id, id));
  return token;
}

/** Clears the second factor in all sessions of a person who has removed it. */
export async function forgetSecondFactor(tx: Db, userId: string): Promise<void> {
  await tx.update(sessions).set({ secondFactorAt: null }).where(eq(sessions.userId, userId));
}

/** Deletes expired sessions; a background job, so that reading never has to delete. */
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
