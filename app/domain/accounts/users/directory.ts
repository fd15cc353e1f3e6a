import { and, asc, desc, eq, isNull, like, ne, or, sql } from 'drizzle-orm';
import type { AppContext } from '~/platform/app-context';
import type { Db } from '~db/client';
import { countOf } from '~db/dialect';
import { decisions, users } from '~db/schema';
import { handleKey } from './handles';

const PEOPLE_PER_PAGE = 50;

/**
 * Lists people for moderators, newest first; `typed` begins a handle or is in a name. With
 * `withRole`, only moderators and administrators.
 */
export async function listPeople(
  { db: { reader: db }, clock }: Pick<AppContext, 'db' | 'clock'>,
  { typed, page, withRole = false }: { typed: string; page: number; withRole?: boolean },
) {
  const text = typed.trim().slice(0, 60);
  const named = text
    ? or(
        like(users.handleKey, `${escaped(handleKey(text))}%`),
        // Also in JavaScript's lower case, because SQLite's `lower` only handles ASCII.
        like(sql`lower(${users.name})`, `%${escaped(text.toLowerCase())}%`),
        like(users.name, `%${escaped(text)}%`),
      )
    : undefined;
  const role = withRole ? ne(users.role, 'member') : undefined;
  const where = and(isNull(users.erasedAt), named, role);
  const total = await countOf(db, users, where);
  const people = await db
    .select({
      id: users.id,
      handle: users.handle,
      name: users.name,
      role: users.role,
      createdAt: users.createdAt,
      confirmedAt: users.confirmedAt,
      importedAt: users.importedAt,
      suspendedUntil: users.suspendedUntil,
    })
    .from(users)
    .where(where)
    .orderBy(desc(users.createdAt), desc(users.id))
    .limit(PEOPLE_PER_PAGE)
    .offset((page - 1) * PEOPLE_PER_PAGE);
  const now = clock.now();
  return {
    pages: Math.max(1, Math.ceil(total / PEOPLE_PER_PAGE)),
    people: people.map(({ suspendedUntil, confirmedAt, importedAt, ...person }) => ({
      ...person,
      importedAt,
      suspended: (suspendedUntil ?? 0) > now,
      unconfirmed: confirmedAt === null && importedAt === null,
    })),
  };
}

/** Removes `%`, which matches anything and is in no handle; `_` may be in one and is kept. */
function escaped(text: string): string {
  return text.replace(/[%\\]/g, '');
}

/** Returns the handles of moderators and administrators, in alphabetical order. */
export async function moderatorHandles(db: Db): Promise<string[]> {
  const rows = await db
    .select({ handle: users.handle })
    .from(users)
    .where(and(isNull(users.erasedAt), ne(users.role, 'member')))
    .orderBy(asc(users.handleKey));
  return rows.map(({ handle }) => handle);
}

/** Returns all decisions about a person and their posts, newest first. */
export async function recordOfDecisions(db: Db, personId: string) {
  return db
    .select({
      id: decisions.id,
      action: decisions.action,
      rule: decisions.rule,
      createdAt: decisions.createdAt,
      moderator: users.handle,
    })
    .from(decisions)
    .leftJoin(users, eq(users.id, decisions.moderatorId))
    .where(eq(decisions.authorId, personId))
    .orderBy(desc(decisions.createdAt), desc(decisions.id))
    .limit(100);
}
