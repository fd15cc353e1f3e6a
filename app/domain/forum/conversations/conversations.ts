import {
  and,
  asc,
  countDistinct,
  desc,
  eq,
  getTableColumns,
  inArray,
  isNotNull,
  isNull,
  ne,
  or,
  type SQL,
} from 'drizzle-orm';
import { publicThread, type Reader, visiblePost } from '~/domain/forum/visibility';
import { idsOf } from '~/platform/ids';
import type { Db } from '~db/client';
import { QueryBuilder } from '~db/dialect';
import { conversations, posts, settingChanges, threads } from '~db/schema';

/** A blog post and what it opened; what its columns mean stands in `db/schema/conversation.ts`. */
export type Conversation = Omit<typeof conversations.$inferSelect, 'sourceKey'>;

const { sourceKey: _, ...columns } = getTableColumns(conversations);

/** What a link to a conversation needs. */
export type ConversationLink = Pick<Conversation, 'id' | 'slug' | 'title' | 'language'>;

/** What a list shows of a conversation. */
export interface ConversationRow extends ConversationLink {
  /** Its public questions in order. */
  questions: { id: string; slug: string; title: string; language: string }[];
  /** Number of people who wrote public posts in it, and of their countries. */
  people: number;
  countries: number;
}

/** Returns a conversation if the reader may open it: moderators also open drafts. */
export async function findConversation(
  db: Db,
  slug: string,
  reader: Reader,
): Promise<Conversation | null> {
  const shown = reader.moderates
    ? isNull(conversations.deletedAt)
    : ne(conversations.state, 'draft');
  const [found] = await db
    .select(columns)
    .from(conversations)
    .where(and(eq(conversations.slug, slug), shown));
  return found ?? null;
}

/** Returns a conversation in any state, also a deleted one, for administrators. */
export async function conversationById(db: Db, id: string): Promise<Conversation | null> {
  const [found] = await db.select(columns).from(conversations).where(eq(conversations.id, id));
  return found ?? null;
}

/**
 * Returns all conversations, newest first, for administrators: also drafts, and those deleted drafts that
 * they can bring back, which the questions of an example that the site did not keep are not.
 */
export async function allConversations(db: Db): Promise<Conversation[]> {
  return db
    .select(columns)
    .from(conversations)
    .where(
      or(
        isNull(conversations.deletedAt),
        inArray(
          conversations.id,
          new QueryBuilder().select({ id: settingChanges.conversationId }).from(settingChanges),
        ),
      ),
    )
    .orderBy(desc(conversations.createdAt), desc(conversations.id));
}

/** The state of a conversation, as administrators see it: a draft may be deleted. */
export function standingOf({
  state,
  deletedAt,
}: Pick<Conversation, 'state' | 'deletedAt'>): Conversation['state'] | 'deleted' {
  return deletedAt === null ? state : 'deleted';
}

/** Returns the open conversations, newest first. */
export async function openConversations(db: Db): Promise<ConversationLink[]> {
  return newestFirst(db, eq(conversations.state, 'open'));
}

/** Returns all conversations that have been opened, newest first, also closed ones. */
export async function publicConversations(db: Db): Promise<ConversationLink[]> {
  return newestFirst(db, ne(conversations.state, 'draft'));
}

async function newestFirst(db: Db, where: SQL): Promise<ConversationLink[]> {
  const { id, slug, title, language } = columns;
  return db
    .select({ id, slug, title, language })
    .from(conversations)
    .where(where)
    .orderBy(desc(conversations.openedAt), desc(conversations.id));
}

/** Adds the questions and numbers that a list shows, with two queries for all rows. */
export async function withCounts(
  db: Db,
  rows: readonly ConversationLink[],
): Promise<ConversationRow[]> {
  if (rows.length === 0) return [];
  const ids = idsOf(rows);
  const questions = await db
    .select({
      of: threads.conversationId,
      id: threads.id,
      slug: threads.slug,
      title: threads.title,
      language: threads.language,
    })
    .from(threads)
    .where(
      and(inArray(threads.conversationId, ids), isNotNull(threads.questionNumber), publicThread()),
    )
    .orderBy(asc(threads.questionNumber), asc(threads.createdAt));
  const people = await peopleInEach(db, ids);
  const questionsOf = Map.groupBy(questions, ({ of }) => of);
  return rows.map((row) => ({
    ...row,
    questions: questionsOf.get(row.id) ?? [],
    ...(people.get(row.id) ?? NOBODY),
  }));
}

const NOBODY = { people: 0, countries: 0 };

/** Counts the authors of public posts in a conversation, and their countries. */
export async function peopleIn(db: Db, id: string): Promise<typeof NOBODY> {
  return (await peopleInEach(db, [id])).get(id) ?? NOBODY;
}

/** The same for several conversations. The authors of their questions do not count. */
async function peopleInEach(
  db: Db,
  ids: readonly string[],
): Promise<Map<string | null, typeof NOBODY>> {
  const rows = await db
    .select({
      id: threads.conversationId,
      people: countDistinct(posts.authorId),
      countries: countDistinct(posts.country),
    })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(
      and(
        inArray(threads.conversationId, [...ids]),
        eq(posts.isOpening, false),
        visiblePost(),
        publicThread(),
      ),
    )
    .groupBy(threads.conversationId);
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}

/** The conversation that the numbers of questions in files mean: the first one. */
export async function firstConversation(db: Db): Promise<{ id: string } | null> {
  const [first] = await db
    .select({ id: conversations.id })
    .from(conversations)
    .where(isNull(conversations.deletedAt))
    .orderBy(asc(conversations.createdAt), asc(conversations.id))
    .limit(1);
  return first ?? null;
}
