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

/** Counts a message that somebody sends, before anything is stored. @throws DomainError `too-many`. */
export function countMessage(app: AppContext, person: Person): Promise<void> {
  return countUse(app, 'modmail', person.id);
}

/**
 * Begins a talk with all moderators, as a member; suspended members too. Gives its id. Everybody
 * may always write to them: it is the way to be heard when all else is taken.
 */
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

/** Begins a talk with a member, as the moderators. Gives its id. */
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
 * Adds to a talk: its member, or a moderator who answers for all. A closed one opens again.
 * @throws DomainError `missing` when it is not there or not theirs.
 */
export async function addMessage(
  tx: Db,
  app: AppContext,
  writer: Person,
  { talkId, body, asModerator }: { talkId: string; body: string; asModerator: boolean },
): Promise<void> {
  const [talk] = await tx.select().from(modTalks).where(eq(modTalks.id, talkId));
  // A moderator's own talk is answered by another: here they are its member.
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

/** Closes a talk or opens it again, as a moderator who is not its member. */
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

/** A member's own talks, newest first. */
export async function talksOf(db: Db, personId: string) {
  return db
    .select(listed)
    .from(modTalks)
    .innerJoin(users, eq(users.id, modTalks.personId))
    .where(eq(modTalks.personId, personId))
    .orderBy(desc(modTalks.activeAt), desc(modTalks.id))
    .limit(100);
}

/** All talks for moderators: those that are open, or closed; what waits for them longest first. */
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

/** How long a closed talk can be read again. */
const CLOSED_KEPT = 365 * DAY;

/** Forgets the talks that were closed long ago. */
export async function purgeTalks(tx: Db, clock: Clock): Promise<void> {
  await tx.delete(modTalks).where(lte(modTalks.closedAt, clock.now() - CLOSED_KEPT));
}

/** How many talks wait for an answer of the moderators. */
export async function countWaitingTalks(db: Db): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(modTalks)
    .where(and(isNull(modTalks.closedAt), eq(modTalks.awaitsModerators, true)));
  return row?.n ?? 0;
}

/** One talk with its messages, oldest first; null when there is none. */
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
