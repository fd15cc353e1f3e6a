import type { Role } from '~db/schema/people';

/** What a visitor may be, from least to most. */
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
  /** Others see the region of the country and not the country. */
  regionOnly: boolean;
  language: string | null;
  /** An IANA name; null for UTC. */
  timeZone: string | null;
  /** Null for what the system says. */
  theme: 'light' | 'dark' | null;
  confirmedAt: number | null;
  suspendedUntil: number | null;
  /** Until then they read, flag and appeal, but do not write. */
  silencedUntil: number | null;
  /** From when the powers of the role need a second factor; null where they never do. */
  secondFactorFrom: number | null;
}

/** Whoever asks for a page. */
export interface Visitor {
  standing: AccountStanding;
  person: Person | null;
}

const ANONYMOUS: Visitor = { standing: 'anonymous', person: null };

/**
 * What a person may be at this moment. An office lapses while they are suspended, and rests in a
 * session without a second factor, once that is due.
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

/** Who may bring something before the moderators: also those who may not write for a while. */
export function mayFlag(visitor: Visitor): boolean {
  return mayPost(visitor) || visitor.standing === 'silenced';
}

export function mayModerate(visitor: Visitor): boolean {
  return visitor.standing === 'moderator' || visitor.standing === 'administrator';
}

/** Whether somebody has an office whose powers rest until they give a second factor. */
export function officeRests({ standing, person }: Visitor): boolean {
  return standing === 'member' && person !== null && person.role !== 'member';
}
