import { desc, eq } from 'drizzle-orm';
import type { Person } from '~/domain/accounts/users/visitor';
import type { Clock } from '~/platform/clock';
import { newId } from '~/platform/ids';
import type { Db } from '~db/client';
import { personNotes, users } from '~db/schema';

/** Stores a note about a person, visible to moderators only. */
export async function addNote(
  tx: Db,
  clock: Clock,
  moderator: Person,
  { personId, body }: { personId: string; body: string },
): Promise<void> {
  const createdAt = clock.now();
  const id = newId(createdAt);
  await tx.insert(personNotes).values({ id, personId, authorId: moderator.id, body, createdAt });
}

/** Returns the notes about a person, newest first. */
export async function notesOn(db: Db, personId: string) {
  return db
    .select({
      id: personNotes.id,
      body: personNotes.body,
      createdAt: personNotes.createdAt,
      by: users.handle,
    })
    .from(personNotes)
    .innerJoin(users, eq(users.id, personNotes.authorId))
    .where(eq(personNotes.personId, personId))
    .orderBy(desc(personNotes.createdAt), desc(personNotes.id))
    .limit(100);
}
