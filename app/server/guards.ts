import { type AppLoadContext, redirect } from '@remix-run/node';
import type { Session } from '~/domain/accounts/auth/sessions';
import { mayFlag, mayModerate, officeRests, type Person } from '~/domain/accounts/users/visitor';
import { MINUTE } from '~/platform/clock';
import { pathTo } from '~/platform/paths';

/** For pages that do not exist and pages the visitor may not see: both look the same. */
export function notFound(): Response {
  return new Response(null, { status: 404, statusText: 'Not Found' });
}

/** Returns the logged-in person; others log in and come back, to `back` if given. */
export function requirePerson(context: AppLoadContext, request: Request, back?: string): Person {
  const { person } = context.visit.visitor;
  if (person) return person;
  const { pathname, search } = new URL(request.url);
  throw redirect(pathTo(`/login?redirectTo=${encodeURIComponent(back ?? pathname + search)}`), 303);
}

/** Returns a person who may take part: confirmed and not suspended. */
export function requireMember(context: AppLoadContext, request: Request): Person {
  const person = requirePerson(context, request);
  if (mayFlag(context.visit.visitor)) return person;
  throw notFound();
}

/** Time after authentication in which a person may change the account's security settings. */
const FRESH = 10 * MINUTE;

/**
 * Returns the logged-in person if they authenticated in the last ten minutes; redirects others to
 * authenticate again and come back. For actions that someone else at an unlocked browser must not
 * do, such as changing security settings or exporting data.
 */
export function requireFreshProof(
  context: AppLoadContext,
  request: Request,
  back?: string,
): { person: Person; session: Session } {
  const person = requirePerson(context, request, back);
  const { session } = context.visit;
  if (session && session.provenAt > context.app.clock.now() - FRESH) return { person, session };
  const { pathname, search } = new URL(request.url);
  throw redirect(
    pathTo(`/login/again?redirectTo=${encodeURIComponent(back ?? pathname + search)}`),
    303,
  );
}

/**
 * The same, but the account's email address must be confirmed: someone who signed up with another
 * person's address must not be able to leave a passkey behind.
 */
export function requireOwner(
  context: AppLoadContext,
  request: Request,
): { person: Person; session: Session } {
  const proven = requireFreshProof(context, request);
  if (proven.person.confirmedAt === null) throw redirect(pathTo('/confirm'), 303);
  return proven;
}

/**
 * Returns a moderator or administrator. For others the response is 404, except that moderators
 * whose role needs a second factor are redirected to set one up.
 */
export function requireModerator(context: AppLoadContext): Person {
  const { visitor } = context.visit;
  if (mayModerate(visitor) && visitor.person) return visitor.person;
  if (officeRests(visitor)) throw redirect(pathTo('/settings/second-factor'), 303);
  throw notFound();
}

/** Returns an administrator; for everyone else the response is that of `requireModerator` or 404. */
export function requireAdministrator(context: AppLoadContext): Person {
  const person = requireModerator(context);
  if (context.visit.visitor.standing !== 'administrator') throw notFound();
  return person;
}

/**
 * The same, and administrators who have not authenticated in the last ten minutes do so first; see
 * `requireFreshProof`.
 */
export function requireProvenAdministrator(
  context: AppLoadContext,
  request: Request,
  back?: string,
): Person {
  requireAdministrator(context);
  return requireFreshProof(context, request, back).person;
}
