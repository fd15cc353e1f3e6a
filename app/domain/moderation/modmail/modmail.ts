import { and, asc, count, desc, eq, isNotNull, isNull, lte } from 'drizzle-orm';
import type { Person } from '~/domain/accounts/users/visitor';
import type { AppContext } from '~/platform/app-context';
import { type Clock, DAY } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { newId } from '~/platform/ids';
import { countUse } from '~/platform/rate-limits/limiter';
import type { Db } from '~db/client';
import { modMessages, modTalks, users } from '~db/schema';
import { tellOfReply } from './notify';

const TALKS_PER_PAGE = 30;

interface NewTalk {
  subject: string;
  body: string;
}

/**
 * Counts a person's message, before anything is stored.
 * @throws DomainError `too-many`.
 */
export function countMessage(app: AppContext, person: Person): Promise<void> {
  return countUse(app, 'modmail', person.id);
}

/** Starts a conversation with the moderators; suspended members may too. Returns its id. */
export async function beginTalk(
  tx: Db,
  { clock }: Pick<AppContext, 'clock'>,
  person: Person,
  { subject, body }: NewTalk,
): Promise<string> {
  const now = clock.now();
  const id = newId(now);
  await tx.insert(modTalks).values({
    id,
    personId: person.id,
    subject,
    createdAt: now,
    activeAt: now,
    awaitsModerators: true,
  });
  await insertMessage(tx, id, person, { body, fromModerators: false, now });
  return id;
}

/** Starts a conversation of the moderators with a member. Returns its id. */
export async function beginTalkWith(
  tx: Db,
  app: AppContext,
  moderator: Person,
  { personId, subject, body }: NewTalk & { personId: string },
): Promise<string> {
  const now = app.clock.now();
  const id = newId(now);
  await tx.insert(modTalks).values({
    id,
    personId,
    subject,
    createdAt: now,
    activeAt: now,
    awaitsModerators: false,
  });
  await insertMessage(tx, id, moderator, { body, fromModerators: true, now });
  await tellOfReply(tx, app, personId, id);
  return id;
}

/**
 * Adds a message to a conversation, by its member or by a moderator on behalf of all. A closed
 * conversation is reopened.
 * @throws DomainError `missing` if it does not exist or is not theirs.
 */
export async function addMessage(
  tx: Db,
  app: AppContext,
  writer: Person,
  { talkId, body, asModerator }: { talkId: string; body: string; asModerator: boolean },
): Promise<void> {
  const [talk] = await tx.select().from(modTalks).where(eq(modTalks.id, talkId));
  // In a moderator's own conversation they are the member; another moderator answers.
  const member = talk?.personId === writer.id;
  if (!talk || member === asModerator) throw new DomainError('missing', 'site.problem.404.title');
  const now = app.clock.now();
  await insertMessage(tx, talkId, writer, { body, fromModerators: asModerator, now });
  await tx
    .update(modTalks)
    .set({ activeAt: now, awaitsModerators: !asModerator, closedAt: null })
    .where(eq(modTalks.id, talkId));
  if (asModerator) await tellOfReply(tx, app, talk.personId, talkId);
}

/** Closes or reopens a conversation, by a moderator who is not its member. */
export async function setTalkClosed(
  tx: Db,
  { clock }: Pick<AppContext, 'clock'>,
  moderator: Person,
  { talkId, closed }: { talkId: string; closed: boolean },
): Promise<void> {
  const [talk] = await tx.select().from(modTalks).where(eq(modTalks.id, talkId));
  if (!talk || talk.personId === moderator.id) {
    throw new DomainError('missing', 'site.problem.404.title');
  }
  await tx
    .update(modTalks)
    .set({ closedAt: closed ? clock.now() : null, awaitsModerators: false })
    .where(eq(modTalks.id, talkId));
}

const listed = {
  id: modTalks.id,
  subject: modTalks.subject,
  activeAt: modTalks.activeAt,
  awaitsModerators: modTalks.awaitsModerators,
  closedAt: modTalks.closedAt,
  person: users.handle,
};

/** Returns a member's own conversations, newest first. */
export async function talksOf(db: Db, personId: string) {
  return db
    .select(listed)
    .from(modTalks)
    .innerJoin(users, eq(users.id, modTalks.personId))
    .where(eq(modTalks.personId, personId))
    .orderBy(desc(modTalks.activeAt), desc(modTalks.id))
    .limit(100);
}

/** Returns all open or closed conversations; for moderators, the longest waiting first. */
export async function allTalks(db: Db, which: 'open' | 'closed', page: number) {
  const where = which === 'open' ? isNull(modTalks.closedAt) : isNotNull(modTalks.closedAt);
  const [row] = await db.select({ n: count() }).from(modTalks).where(where);
  const order =
    which === 'open'
      ? [desc(modTalks.awaitsModerators), asc(modTalks.activeAt), asc(modTalks.id)]
      : [desc(modTalks.activeAt), desc(modTalks.id)];
  const talks = await db
    .select(listed)
    .from(modTalks)
    .innerJoin(users, eq(users.id, modTalks.personId))
    .where(where)
    .orderBy(...order)
    .limit(TALKS_PER_PAGE)
    .offset((page - 1) * TALKS_PER_PAGE);
  return { talks, pages: Math.max(1, Math.ceil((row?.n ?? 0) / TALKS_PER_PAGE)) };
}

/** Retention of closed conversations. */
const CLOSED_KEPT = 365 * DAY;

/** Deletes conversations that were closed long ago. */
export async function purgeTalks(tx: Db, clock: Clock): Promise<void> {
  await tx.delete(modTalks).where(lte(modTalks.closedAt, clock.now() - CLOSED_KEPT));
}

/** Counts the conversations that wait for an answer by the moderators. */
export async function countWaitingTalks(db: Db): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(modTalks)
    .where(and(isNull(modTalks.closedAt), eq(modTalks.awaitsModerators, true)));
  return row?.n ?? 0;
}

/** Returns a conversation with its messages, oldest first; null if there is none. */
export async function readTalk(db: Db, id: string) {
  const [talk] = await db
    .select({ ...listed, personId: modTalks.personId })
    .from(modTalks)
    .innerJoin(users, eq(users.id, modTalks.personId))
    .where(eq(modTalks.id, id));
  if (!talk) return null;
  const messages = await db
    .select({
      id: modMessages.id,
      by: users.handle,
      fromModerators: modMessages.fromModerators,
      body: modMessages.body,
      createdAt: modMessages.createdAt,
    })
    .from(modMessages)
    .innerJoin(users, eq(users.id, modMessages.authorId))
    .where(eq(modMessages.talkId, id))
    .orderBy(asc(modMessages.createdAt), asc(modMessages.id));
  return { ...talk, messages };
}

async function insertMessage(
  tx: Db,
  talkId: string,
  author: Person,
  { body, fromModerators, now }: { body: string; fromModerators: boolean; now: number },
): Promise<void> {
  const id = newId(now);
  const authorId = author.id;
  await tx
    .insert(modMessages)
    .values({ id, talkId, authorId, fromModerators, body, createdAt: now });
}
