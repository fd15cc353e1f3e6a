import { type AppLoadContext, redirect } from '@remix-run/node';
import type { Session } from '~/domain/accounts/auth/sessions';
import { mayFlag, mayModerate, officeRests, type Person } from '~/domain/accounts/users/visitor';
import { MINUTE } from '~/platform/clock';
import { pathTo } from '~/platform/paths';

/** What is not there and what is not yours to see are answered alike. */
export function notFound(): Response {
  return new Response(null, { status: 404, statusText: 'Not Found' });
}

/**
 * The person who is logged in; anybody else is sent to log in and comes back, to `back` where the
 * address itself is none to come back to.
 */
export function requirePerson(context: AppLoadContext, request: Request, back?: string): Person {
  const { person } = context.visit.visitor;
  if (person) return person;
  const { pathname, search } = new URL(request.url);
  throw redirect(pathTo(`/login?redirectTo=${encodeURIComponent(back ?? pathname + search)}`), 303);
}

/** A person who may take part: confirmed and not suspended. */
export function requireMember(context: AppLoadContext, request: Request): Person {
  const person = requirePerson(context, request);
  if (mayFlag(context.visit.visitor)) return person;
  throw notFound();
}

/** How long after a proof somebody may change what guards their account. */
const FRESH = 10 * MINUTE;

/**
 * The person who is logged in and has proven it within ten minutes; anybody else proves it once
 * more and comes back. For what a stranger at an open browser must not change or take along.
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
 * The same, of an account whose address is confirmed: a stranger who signed up with somebody
 * else's must not leave a key to it behind.
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
 * A moderator or administrator; to anybody else the page does not exist, but for those whose
 * office rests: they are led to the second factor that it waits for.
 */
export function requireModerator(context: AppLoadContext): Person {
  const { visitor } = context.visit;
  if (mayModerate(visitor) && visitor.person) return visitor.person;
  if (officeRests(visitor)) throw redirect(pathTo('/settings/second-factor'), 303);
  throw notFound();
}

/** An administrator; to anybody else the page does not exist. */
export function requireAdministrator(context: AppLoadContext): Person {
  const person = requireModerator(context);
  if (context.visit.visitor.standing !== 'administrator') throw notFound();
  return person;
}
