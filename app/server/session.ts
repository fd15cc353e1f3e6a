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
import type { RouteArgs } from './request-context';

/** Logs a person in with a new session; returns `Set-Cookie`, for after the transaction. */
export async function startSession(
  tx: Db,
  { request, context }: RouteArgs,
  userId: string,
  { secondFactor = false } = {},
): Promise<string> {
  const { clock, config } = context.app;
  const former = context.visit.visitor.person;
  await closeOwnSession(tx, { request, context });
  if (former && former.id !== userId) clearSiteData(context);
  const browser = browserOf(request.headers.get('User-Agent'));
  return sessionCookie(
    await openSession(tx, clock, userId, { secondFactor, browser }),
    config.origin,
  );
}

/** Replaces the session's token after a security change: a copied cookie stops working. */
export async function renewSession({ app, visit }: AppLoadContext): Promise<void> {
  const { session } = visit;
  if (!session) return;
  const token = await app.db.write((tx) => renewToken(tx, session.id));
  visit.headers.append('Set-Cookie', sessionCookie(token, app.config.origin));
}

/** Logs the browser out. Returns the `Set-Cookie` header that deletes the cookie. */
export async function endSession({ request, context }: RouteArgs): Promise<string> {
  const { db, config } = context.app;
  await db.write((tx) => closeOwnSession(tx, { request, context }));
  clearSiteData(context);
  return endedSessionCookie(config.origin);
}

/**
 * Otherwise the next person at this browser could see these pages and typed text with the Back
 * button.
 */
function clearSiteData({ visit }: AppLoadContext): void {
  visit.headers.set('Clear-Site-Data', '"cache", "storage"');
}

async function closeOwnSession(tx: Db, { request, context }: RouteArgs): Promise<void> {
  const { clock, config } = context.app;
  const cookies = request.headers.get('Cookie');
  for (const name of new Set([SESSION_COOKIE, sessionCookieName(config.origin)])) {
    const token = readCookie(cookies, name);
    if (token) await closeSession(tx, clock, token);
    // A cookie already set for this response would restore the session.
    context.visit.headers.delete('Set-Cookie');
  }
}
