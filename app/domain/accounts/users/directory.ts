import { and, count, desc, eq, isNull, like, or, sql } from 'drizzle-orm';
import type { Db } from '~db/client';
import { decisions, users } from '~db/schema';
import { handleKey } from './handles';

const PEOPLE_PER_PAGE = 50;

/**
 * People for moderators, newest first: all, or those whose handle begins with what was typed or
 * whose name has it. `page` counts from 1.
 */
export async function listPeople(db: Db, typed: string, page: number) {
  const text = typed.trim().slice(0, 60);
  const named = text
    ? or(
        like(users.handleKey, `${escaped(handleKey(text))}%`),
        // Two lower cases, since SQLite's own leaves all but ASCII as it is.
        like(sql`lower(${users.name})`, `%${escaped(text.toLowerCase())}%`),
        like(users.name, `%${escaped(text)}%`),
      )
    : undefined;
  const where = and(isNull(users.erasedAt), named);
  const [row] = await db.select({ n: count() }).from(users).where(where);
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
  return { people, pages: Math.max(1, Math.ceil((row?.n ?? 0) / PEOPLE_PER_PAGE)) };
}

/** `%` and `_` would stand for anything; they are no part of a handle but `_`, which may. */
function escaped(text: string): string {
  return text.replace(/[%\\]/g, '');
}

/** All that was decided about a person and what they wrote, newest first. */
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
