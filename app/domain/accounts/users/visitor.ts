import type { Role } from '~db/schema/people';

/** A visitor's level of permissions, from lowest to highest. */
export type AccountStanding =
  | 'anonymous'
  | 'unconfirmed'
  | 'suspended'
  | 'silenced'
  | 'member'
  | 'moderator'
  | 'administrator';

export interface Person {
  id: string;
  handle: string;
  name: string | null;
  role: Role;
  country: string | null;
  /** True to show others only the region of the country. */
  regionOnly: boolean;
  language: string | null;
  /** The languages that they read, BCP 47; null if they have not said. */
  reads: string[] | null;
  /** An IANA name; null for UTC. */
  timeZone: string | null;
  /** Null to use the system's setting. */
  theme: 'light' | 'dark' | null;
  confirmedAt: number | null;
  suspendedUntil: number | null;
  /** Until then the person can read, flag and appeal, but not post. */
  silencedUntil: number | null;
  /** From when the role's permissions need a second factor; null if never. */
  secondFactorFrom: number | null;
}

/** The visitor of a page, logged in or not. */
export interface Visitor {
  standing: AccountStanding;
  person: Person | null;
}

const ANONYMOUS: Visitor = { standing: 'anonymous', person: null };

/**
 * Returns a person's current permissions. A role has no effect during a suspension, nor in a
 * session without a second factor once that is required.
 */
export function visitorOf(
  person: Person | null,
  now: number,
  { secondFactor = false } = {},
): Visitor {
  if (!person) return ANONYMOUS;
  return { standing: standingOf(person, now, secondFactor), person };
}

function standingOf(person: Person, now: number, secondFactor: boolean): AccountStanding {
  if (person.confirmedAt === null) return 'unconfirmed';
  if (person.suspendedUntil !== null && person.suspendedUntil > now) return 'suspended';
  if (person.silencedUntil !== null && person.silencedUntil > now) return 'silenced';
  const due = person.secondFactorFrom !== null && person.secondFactorFrom <= now;
  return due && !secondFactor ? 'member' : person.role;
}

export function mayPost(visitor: Visitor): boolean {
  return ['member', 'moderator', 'administrator'].includes(visitor.standing);
}

/** True if the visitor may flag posts; silenced members may too. */
export function mayFlag(visitor: Visitor): boolean {
  return mayPost(visitor) || visitor.standing === 'silenced';
}

export function mayModerate(visitor: Visitor): boolean {
  return visitor.standing === 'moderator' || visitor.standing === 'administrator';
}

/** True if a person has a role whose permissions need a second factor first. */
export function officeRests({ standing, person }: Visitor): boolean {
  return standing === 'member' && person !== null && person.role !== 'member';
}
