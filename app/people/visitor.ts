import type { Role } from '../../db/schema/people';

/** What a visitor may be, from least to most. */
export type Standing =
  | 'anonymous'
  | 'unconfirmed'
  | 'suspended'
  | 'member'
  | 'moderator'
  | 'administrator';

export interface Person {
  id: string;
  handle: string;
  name: string | null;
  role: Role;
  country: string | null;
  language: string | null;
  confirmedAt: number | null;
  suspendedUntil: number | null;
}

/** Whoever asks for a page. */
export interface Visitor {
  standing: Standing;
  person: Person | null;
}

export const ANONYMOUS: Visitor = { standing: 'anonymous', person: null };

/** What a person may be at this moment; an office lapses while they are suspended. */
export function visitorOf(person: Person | null, now: number): Visitor {
  if (!person) return ANONYMOUS;
  return { standing: standingOf(person, now), person };
}

function standingOf(person: Person, now: number): Standing {
  if (person.confirmedAt === null) return 'unconfirmed';
  if (person.suspendedUntil !== null && person.suspendedUntil > now) return 'suspended';
  return person.role;
}

export function mayPost(visitor: Visitor): boolean {
  return ['member', 'moderator', 'administrator'].includes(visitor.standing);
}

export function mayModerate(visitor: Visitor): boolean {
  return visitor.standing === 'moderator' || visitor.standing === 'administrator';
}
