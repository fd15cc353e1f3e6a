import { type AppLoadContext, redirect } from '@remix-run/node';
import { mayModerate, mayPost, type Person } from '~/people/visitor';

/** What is not there and what is not yours to see are answered alike. */
export function notFound(): Response {
  return new Response(null, { status: 404, statusText: 'Not Found' });
}

/** The person who is logged in; anybody else is sent to log in and comes back. */
export function requirePerson(context: AppLoadContext, request: Request): Person {
  const { person } = context.visit.visitor;
  if (person) return person;
  const { pathname, search } = new URL(request.url);
  throw redirect(`/login?redirectTo=${encodeURIComponent(pathname + search)}`, 303);
}

/** A person who may write: confirmed and not suspended. */
export function requireMember(context: AppLoadContext, request: Request): Person {
  const person = requirePerson(context, request);
  if (mayPost(context.visit.visitor)) return person;
  throw notFound();
}

/** A moderator or administrator; to anybody else the page does not exist. */
export function requireModerator(context: AppLoadContext): Person {
  const { visitor } = context.visit;
  if (mayModerate(visitor) && visitor.person) return visitor.person;
  throw notFound();
}
