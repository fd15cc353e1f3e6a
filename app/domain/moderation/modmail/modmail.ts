import { asc, desc, eq, isNotNull, isNull, lte } from 'drizzle-orm';
import type { Person } from '~/domain/accounts/users/visitor';
import type { AppContext } from '~/platform/app-context';
import { type Clock, DAY } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { newId } from '~/platform/ids';
import { countUse } from '~/platform/rate-limits/limiter';
import type { Db } from '~db/client';
import { countOf } from '~db/dialect';
import { modConversations, modMessages, users } from '~db/schema';
import { tellOfReply } from './notify';

const CONVERSATIONS_PER_PAGE = 30;

interface NewConversation {
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
export async function startConversation(
  tx: Db,
  { clock }: Pick<AppContext, 'clock'>,
  person: Person,
  { subject, body }: NewConversation,
): Promise<string> {
  const now = clock.now();
  const id = newId(now);
  await tx.insert(modConversations).values({
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
export async function startConversationWith(
  tx: Db,
  app: AppContext,
  moderator: Person,
  { personId, subject, body }: NewConversation & { personId: string },
): Promise<string> {
  const now = app.clock.now();
  const id = newId(now);
  await tx.insert(modConversations).values({
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
  {
    conversationId,
    body,
    asModerator,
  }: { conversationId: string; body: string; asModerator: boolean },
): Promise<void> {
  const [conversation] = await tx
    .select()
    .from(modConversations)
    .where(eq(modConversations.id, conversationId));
  // In a moderator's own conversation they are the member; another moderator answers.
  const member = conversation?.personId === writer.id;
  if (!conversation || member === asModerator)
    throw new DomainError('missing', 'site.problem.404.title');
  const now = app.clock.now();
  await insertMessage(tx, conversationId, writer, { body, fromModerators: asModerator, now });
  await tx
    .update(modConversations)
    .set({ activeAt: now, awaitsModerators: !asModerator, closedAt: null })
    .where(eq(modConversations.id, conversationId));
  if (asModerator) await tellOfReply(tx, app, conversation.personId, conversationId);
}

/** Closes or reopens a conversation, by a moderator who is not its member. */
export async function setConversationClosed(
  tx: Db,
  { clock }: Pick<AppContext, 'clock'>,
  moderator: Person,
  { conversationId, closed }: { conversationId: string; closed: boolean },
): Promise<void> {
  const [conversation] = await tx
    .select()
    .from(modConversations)
    .where(eq(modConversations.id, conversationId));
  if (!conversation || conversation.personId === moderator.id) {
    throw new DomainError('missing', 'site.problem.404.title');
  }
  await tx
    .update(modConversations)
    .set({ closedAt: closed ? clock.now() : null, awaitsModerators: false })
    .where(eq(modConversations.id, conversationId));
}

const listed = {
  id: modConversations.id,
  subject: modConversations.subject,
  activeAt: modConversations.activeAt,
  awaitsModerators: modConversations.awaitsModerators,
  closedAt: modConversations.closedAt,
  person: users.handle,
};

/** Returns a member's own conversations, newest first. */
export async function conversationsOf(db: Db, personId: string) {
  return db
    .select(listed)
    .from(modConversations)
    .innerJoin(users, eq(users.id, modConversations.personId))
    .where(eq(modConversations.personId, personId))
    .orderBy(desc(modConversations.activeAt), desc(modConversations.id))
    .limit(100);
}

/** Returns all open or closed conversations; for moderators, the longest waiting first. */
export async function allConversations(db: Db, which: 'open' | 'closed', page: number) {
  const where =
    which === 'open' ? isNull(modConversations.closedAt) : isNotNull(modConversations.closedAt);
  const total = await countOf(db, modConversations, where);
  const order =
    which === 'open'
      ? [
          desc(modConversations.awaitsModerators),
          asc(modConversations.activeAt),
          asc(modConversations.id),
        ]
      : [desc(modConversations.activeAt), desc(modConversations.id)];
  const conversations = await db
    .select(listed)
    .from(modConversations)
    .innerJoin(users, eq(users.id, modConversations.personId))
    .where(where)
    .orderBy(...order)
    .limit(CONVERSATIONS_PER_PAGE)
    .offset((page - 1) * CONVERSATIONS_PER_PAGE);
  return { conversations, pages: Math.max(1, Math.ceil(total / CONVERSATIONS_PER_PAGE)) };
}

/** Retention of closed conversations. */
const CLOSED_KEPT = 365 * DAY;

/** Deletes conversations that were closed long ago. */
export async function purgeConversations(tx: Db, clock: Clock): Promise<void> {
  await tx
    .delete(modConversations)
    .where(lte(modConversations.closedAt, clock.now() - CLOSED_KEPT));
}

/** Counts the conversations that wait for an answer by the moderators. */
export async function countWaitingConversations(db: Db): Promise<number> {
  const { awaitsModerators, closedAt } = modConversations;
  return countOf(db, modConversations, isNull(closedAt), eq(awaitsModerators, true));
}

/** Returns a conversation with its messages, oldest first; null if there is none. */
export async function readConversation(db: Db, id: string) {
  const [conversation] = await db
    .select({ ...listed, personId: modConversations.personId })
    .from(modConversations)
    .innerJoin(users, eq(users.id, modConversations.personId))
    .where(eq(modConversations.id, id));
  if (!conversation) return null;
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
  return { ...conversation, messages };
}

async function insertMessage(
  tx: Db,
  conversationId: string,
  author: Person,
  { body, fromModerators, now }: { body: string; fromModerators: boolean; now: number },
): Promise<void> {
  const id = newId(now);
  const authorId = author.id;
  await tx
    .insert(modMessages)
    .values({ id, talkId: conversationId, authorId, fromModerators, body, createdAt: now });
}
