import type { AppLoadContext } from '@remix-run/node';
import { browserOf } from '~/domain/accounts/auth/browser-name';
import {
  closeSession,
  openSession,
  renewToken,
  SESSION_COOKIE,
} from '~/domain/accounts/auth/sessions';
import type { Db } from '~db/client';
import { endedSessionCookie, readCookie, sessionCookie, sessionCookieName } from './cookies';

interface Where {
  request: Request;
  context: AppLoadContext;
}

/**
 * Logs a person in: opens a session under a new id and ends the one that the browser had. Gives
 * the `Set-Cookie` header, to be sent when the transaction is stored.
 */
export async function startSession(
  tx: Db,
  { request, context }: Where,
  userId: string,
  { secondFactor = false } = {},
): Promise<string> {
  const { clock, config } = context.app;
  await closeOwnSession(tx, { request, context });
  const browser = browserOf(request.headers.get('User-Agent'));
  return sessionCookie(
    await openSession(tx, clock, userId, { secondFactor, browser }),
    config.origin,
  );
}

/**
 * Gives the session of a request another token, after a change of what guards the account: who had
 * a copy of the cookie is left outside. The cookie goes out with the answer.
 */
export async function renewSession({ app, visit }: AppLoadContext): Promise<void> {
  const { session } = visit;
  if (!session) return;
  const token = await app.db.write((tx) => renewToken(tx, session.id));
  visit.headers.append('Set-Cookie', sessionCookie(token, app.config.origin));
}

/** Logs the browser out; gives the `Set-Cookie` header that makes it forget. */
export async function endSession({ request, context }: Where): Promise<string> {
  const { db, config } = context.app;
  await db.write((tx) => closeOwnSession(tx, { request, context }));
  // With Back the next person here would see pages of this one, and what they typed.
  context.visit.headers.set('Clear-Site-Data', '"cache", "storage"');
  return endedSessionCookie(config.origin);
}

async function closeOwnSession(tx: Db, { request, context }: Where): Promise<void> {
  const { clock, config } = context.app;
  const cookies = request.headers.get('Cookie');
  for (const name of new Set([SESSION_COOKIE, sessionCookieName(config.origin)])) {
    const token = readCookie(cookies, name);
    if (token) await closeSession(tx, clock, token);
    // Whatever was on its way to the browser would bring the session back.
    context.visit.headers.delete('Set-Cookie');
  }
}
