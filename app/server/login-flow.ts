import { redirect } from '@remix-run/node';
import { DEVICE_COOKIE, rememberDevice } from '~/domain/accounts/auth/known-devices';
import { ATTEMPT_COOKIE, beginAttempt } from '~/domain/accounts/auth/login-attempts';
import { requestCode } from '~/domain/accounts/auth/mail-code';
import { hasAuthenticator } from '~/domain/accounts/auth/totp';
import { accountById } from '~/domain/accounts/users/accounts';
import { pathTo } from '~/platform/paths';
import type { Db } from '~db/client';
import { attemptCookie, deviceCookie, endedAttemptCookie, readCookie } from './cookies';
import type { RouteArgs } from './request-context';
import { safeRedirect } from './safe-redirect';
import { rememberSent } from './sent-mail';
import { startSession } from './session';

/** A login step: where to redirect, which cookies to set, whether the person is logged in. */
export interface LoginStep {
  userId: string;
  to: string;
  cookies: string[];
  inside: boolean;
}

/**
 * Continues after a first factor: to the second factor if the account has one, otherwise to a new
 * session. Send the result with `finishLogin` after the transaction.
 */
export async function beginLogin(
  tx: Db,
  where: RouteArgs,
  userId: string,
  {
    redirectTo,
    secondFactor = false,
    byEmail = false,
  }: { redirectTo?: string | null; secondFactor?: boolean; byEmail?: boolean },
): Promise<LoginStep> {
  const { clock, config } = where.context.app;
  const wanted = safeRedirect(redirectTo, null);
  if (!secondFactor && (await hasAuthenticator(tx, userId))) {
    const facts = { userId, redirectTo: wanted, options: { byEmail } };
    const token = await beginAttempt(tx, clock, 'second-factor', facts);
    const cookies = [attemptCookie(token, config.origin)];
    return { userId, to: pathTo('/login/second'), cookies, inside: false };
  }
  const account = await accountById(tx, userId);
  const due = account?.secondFactorFrom ?? Number.POSITIVE_INFINITY;
  // Without a second factor the role's permissions are suspended: redirect to setting one up.
  const rests = !secondFactor && due <= clock.now();
  const session = await startSession(tx, where, userId, { secondFactor });
  const to = rests ? pathTo('/settings/second-factor') : (wanted ?? '/');
  return { userId, to, cookies: [session, endedAttemptCookie(config.origin)], inside: true };
}

/** Redirects; once the person is logged in, the browser becomes a known device. */
export async function finishLogin({ context }: RouteArgs, entry: LoginStep): Promise<Response> {
  const { app } = context;
  const headers = new Headers();
  for (const cookie of entry.cookies) headers.append('Set-Cookie', cookie);
  const account = entry.inside ? await accountById(app.db.reader, entry.userId) : null;
  if (account) {
    const mark = await rememberDevice(app, account);
    headers.append('Set-Cookie', deviceCookie(mark, app.config.origin));
  }
  return redirect(entry.to, { status: 303, headers });
}

/**
 * Emails a code to log in with, and redirects to the page where it is typed.
 * @throws DomainError as `requestCode` does.
 */
export async function sendLoginCode(
  { request, context }: RouteArgs,
  wish: { email: string; key?: string | undefined; redirectTo?: string | undefined },
): Promise<Response> {
  const { app, visit } = context;
  const token = await requestCode(app, {
    ...wish,
    redirectTo: safeRedirect(wish.redirectTo, null),
    language: visit.i18n.locale,
    address: visit.address,
    device: deviceOf(request),
  });
  return askForCode(context, token, wish.email);
}

/** Redirects to the page where an emailed code is typed, which names the address. */
export function askForCode(
  context: RouteArgs['context'],
  token: string,
  email: string,
  why?: 'guesses',
): Response {
  rememberSent(context, pathTo('/login/code/enter'), email);
  const headers = { 'Set-Cookie': attemptCookie(token, context.app.config.origin) };
  const to = why ? pathTo(`/login/code/enter?why=${why}`) : pathTo('/login/code/enter');
  return redirect(to, { status: 303, headers });
}

/** Returns the known-device token of the browser, if it has one. */
export function deviceOf(request: Request): string | null {
  return readCookie(request.headers.get('Cookie'), DEVICE_COOKIE);
}

/** Returns the token of the login attempt that the browser is in. */
export function attemptOf(request: Request): string | null {
  return readCookie(request.headers.get('Cookie'), ATTEMPT_COOKIE);
}
