import { and, asc, eq, inArray, notInArray } from 'drizzle-orm';
import type { Vocabulary } from '~/platform/community/community';
import type { Db } from '~db/client';
import { type Column, inList, type Table } from '~db/dialect';
import { postBarriers, postPillars, posts, terms, threadPillars } from '~db/schema';
import { postDetailColumns, type SaidBy } from '~db/schema/conversation';
import { prepared } from '~db/statement-cache';
import type { PostDetails } from './post-fields';

type ColumnName = keyof typeof postDetailColumns;
type ListName = Exclude<keyof PostDetails, ColumnName>;
type Lists = Record<ListName, string[]>;

/** The values of the list fields of a post, and who named each of its kinds. */
type NamedLists = Lists & { namers: Map<string, SaidBy> };

/** Who says what a post is about; `personId` is the moderator where it is one. */
export interface NamedBy {
  saidBy: SaidBy;
  personId: string | null;
}

/** Its author says it, or the file that it was imported from. */
export function namedByAuthor({ importedAt }: { importedAt: number | null }): NamedBy {
  return { saidBy: importedAt === null ? 'author' : 'import', personId: null };
}

export function namedByModerator(personId: string): NamedBy {
  return { saidBy: 'moderator', personId };
}

interface ListTable {
  table: Table;
  postId: Column;
  value: Column;
  row(postId: string, value: string, by: NamedBy): Record<string, string | null>;
  /** Who said each value, where that is stored. */
  saidBy?: Column;
  /** The vocabulary that the values are from, in whose order they are shown. */
  vocabulary: Vocabulary;
}

/** The tables of fields with several values: one row per value. */
const LISTS: Record<ListName, ListTable> = {
  barriers: {
    table: postBarriers,
    postId: postBarriers.postId,
    value: postBarriers.kind,
    row: (postId, kind, by) => ({ postId, kind, ...by }),
    saidBy: postBarriers.saidBy,
    vocabulary: 'barrier',
  },
  pillars: {
    table: postPillars,
    postId: postPillars.postId,
    value: postPillars.pillar,
    row: (postId, pillar) => ({ postId, pillar }),
    vocabulary: 'pillar',
  },
};

const COLUMN_NAMES = Object.keys(postDetailColumns) as ColumnName[];
const LIST_NAMES = Object.keys(LISTS) as ListName[];

/** Returns the columns of `posts` for these fields, to be selected. */
export function detailColumns<Name extends string = ColumnName>(
  of: readonly Name[] = COLUMN_NAMES as readonly string[] as readonly Name[],
) {
  const names = COLUMN_NAMES.filter((name) => (of as readonly string[]).includes(name));
  return Object.fromEntries(names.map((name) => [name, posts[name]])) as {
    [Each in Extract<Name, ColumnName>]: (typeof posts)[Each];
  };
}

const readRows = { barriers: readerOf(LISTS.barriers), pillars: readerOf(LISTS.pillars) };

/** Returns the query for the values of one list field, in the order of the vocabulary. */
function readerOf({ table, postId, value, saidBy, vocabulary }: ListTable) {
  return prepared<Record<string, unknown>[]>((db) =>
    db
      .select({ postId, value, ...(saidBy && { saidBy }) })
      .from(table)
      .innerJoin(terms, and(eq(terms.vocabulary, vocabulary), eq(terms.slug, value)))
      .where(inList(postId, 'postIds'))
      .orderBy(asc(terms.position), asc(terms.slug)),
  );
}

/** Returns the values of list fields, in the order of the vocabulary. */
export async function readLists(
  db: Db,
  postIds: readonly string[],
): Promise<(postId: string) => NamedLists> {
  const found = new Map(postIds.map((id) => [id, noLists()]));
  for (const name of LIST_NAMES) {
    const rows = await readRows[name](db, { postIds });
    for (const row of rows) {
      const lists = found.get(String(row.postId));
      lists?.[name].push(String(row.value));
      if (LISTS[name].saidBy) lists?.namers.set(String(row.value), row.saidBy as SaidBy);
    }
  }
  return (postId) => found.get(postId) ?? noLists();
}

/**
 * Returns the fields of a post as shown. A post that reports no barrier has no kinds, whoever named
 * them before.
 */
export function shownDetails(row: Record<ColumnName, unknown>, lists: Lists): PostDetails {
  const columns = COLUMN_NAMES.map((name) => [name, row[name]]);
  const shown = LIST_NAMES.map((name) => [
    name,
    name === 'barriers' && row.notBarrier ? [] : lists[name],
  ]);
  return Object.fromEntries([...columns, ...shown]) as PostDetails;
}

/** Returns who named each of these kinds of a post, in their order. */
export function namersOfKinds(
  kinds: readonly string[],
  { namers }: Pick<NamedLists, 'namers'>,
): SaidBy[] {
  return kinds.map((kind) => namers.get(kind) ?? 'author');
}

/** Stores the list fields of a new post; the other fields are columns of its row. */
export async function insertLists(
  tx: Db,
  postId: string,
  details: Partial<Record<ListName, readonly string[]>>,
  by: NamedBy,
): Promise<void> {
  for (const name of LIST_NAMES) {
    const values = details[name] ?? [];
    const { table, row } = LISTS[name];
    if (values.length === 0) continue;
    await tx
      .insert(table)
      .values(values.map((one) => row(postId, one, by)))
      .onConflictDoNothing();
  }
}

/** Sets who named each of the kinds that a post has, in their order; the moderators are not known. */
export async function setNamersOfKinds(
  tx: Db,
  postId: string,
  kinds: readonly string[],
  namedBy: readonly SaidBy[],
): Promise<void> {
  for (const saidBy of new Set(namedBy)) {
    const named = kinds.filter((_, at) => namedBy[at] === saidBy);
    await tx
      .update(postBarriers)
      .set({ saidBy })
      .where(and(eq(postBarriers.postId, postId), inArray(postBarriers.kind, named)));
  }
}

/**
 * Updates the given fields of a post; for an opening post, the thread's pillars too. A kind of
 * barrier that stays keeps who named it, and a moderator's "no barrier" is not overwritten.
 * @param now UTC milliseconds.
 */
export async function updateDetails(
  tx: Db,
  post: typeof posts.$inferSelect,
  details: Partial<PostDetails>,
  by: NamedBy,
  now: number,
): Promise<void> {
  const { id, threadId, isOpening } = post;
  const kept = post.notBarrier === 'moderator' ? { notBarrier: post.notBarrier } : {};
  const said = 'notBarrier' in details ? { ...details, ...kept } : details;
  const columns = COLUMN_NAMES.filter((name) => name in said);
  if (columns.length > 0) {
    const values = Object.fromEntries(columns.map((name) => [name, said[name]]));
    const notBarrier = said.notBarrier ?? null;
    const answered = 'notBarrier' in said && notBarrier !== post.notBarrier;
    const when = answered ? { notBarrierAt: notBarrier && now } : {};
    await tx
      .update(posts)
      .set({ ...values, ...when })
      .where(eq(posts.id, id));
  }
  for (const name of LIST_NAMES) {
    const { table, postId, value } = LISTS[name];
    const left: readonly string[] | undefined = details[name];
    if (left) await tx.delete(table).where(and(eq(postId, id), notInArray(value, [...left])));
  }
  await insertLists(tx, id, details, by);
  const { pillars } = details;
  if (!isOpening || !pillars) return;
  // A thread has the pillars of its opening post.
  await setThreadPillars(tx, threadId, pillars);
}

/** Files a thread under these pillars and no others. */
export async function setThreadPillars(
  tx: Db,
  threadId: string,
  pillars: readonly string[],
): Promise<void> {
  await tx.delete(threadPillars).where(eq(threadPillars.threadId, threadId));
  const rows = pillars.map((pillar) => ({ threadId, pillar }));
  if (rows.length > 0) await tx.insert(threadPillars).values(rows);
}

/** The column values of a post without any fields. */
export const NO_COLUMNS = Object.fromEntries(COLUMN_NAMES.map((name) => [name, null])) as Record<
  ColumnName,
  null
>;

/** Deletes the list fields of posts. */
export async function deleteLists(tx: Db, postIds: readonly string[]): Promise<void> {
  for (const { table, postId } of Object.values(LISTS)) {
    await tx.delete(table).where(inArray(postId, [...postIds]));
  }
}

function noLists(): NamedLists {
  const lists = Object.fromEntries(LIST_NAMES.map((name) => [name, []])) as unknown as Lists;
  return { ...lists, namers: new Map() };
}
