import { and, eq, getTableColumns, inArray } from 'drizzle-orm';
import { batchesOf } from '~/platform/batches';
import type { Vocabulary } from '~/platform/community/community';
import type { Db } from '~db/client';
import { type Column, countOf, type Table } from '~db/dialect';
import {
  decisions,
  follows,
  keyPoints,
  postBarriers,
  postPillars,
  posts,
  subscriptionPillars,
  threadPillars,
} from '~db/schema';

/*
 * The rows that name a term of the community by its slug. A merge changes them, so that everything
 * is counted and listed under the term that takes over; what is published stays as it is.
 */

/** What carries a term: the part of a preview that says how many there are. */
export type HolderName =
  | ('posts' | 'threads' | 'keyPoints' | 'subscriptions' | 'followers')
  | 'decisions';

interface Holder {
  table: Table;
  /** The names of the column with the slug, and of the one that says whose row it is. */
  slug: string;
  of: string;
  /** Only the rows with this value. */
  only?: [Column, string];
  /** True if several rows may be of the same one: a merge then finds no two that are alike. */
  single?: true;
}

const HOLDERS: Record<Vocabulary, Partial<Record<HolderName, Holder>>> = {
  pillar: {
    posts: { table: postPillars, slug: 'pillar', of: 'postId' },
    threads: { table: threadPillars, slug: 'pillar', of: 'threadId' },
    subscriptions: {
      table: subscriptionPillars,
      slug: 'pillar',
      of: 'subscriptionId',
    },
    followers: {
      table: follows,
      slug: 'code',
      of: 'userId',
      only: [follows.kind, 'pillar'],
    },
  },
  barrier: {
    posts: { table: postBarriers, slug: 'kind', of: 'postId' },
    keyPoints: { table: keyPoints, slug: 'kind', of: 'id', single: true },
  },
  glossary: {},
  // Records of the past, which no merge changes: they are only counted.
  rule: { decisions: { table: decisions, slug: 'rule', of: 'id' } },
  reply: {},
  industry: { posts: { table: posts, slug: 'industry', of: 'id' } },
  text: {},
};

export type TermUse = Partial<Record<HolderName, number>>;

/** Counts what carries a term, in whatever state it is. */
export async function countUse(db: Db, vocabulary: Vocabulary, slug: string): Promise<TermUse> {
  const use: TermUse = {};
  for (const [name, holder] of holdersOf(vocabulary)) {
    use[name] = await countOf(db, holder.table, named(holder, slug));
  }
  return use;
}

/** The rows of a table that a merge changed: enough to take it back. */
export interface MovedRows {
  /** Whose rows got the other slug. */
  moved: string[];
  /** Rows that were deleted, because another one already had that slug. */
  dropped: Record<string, unknown>[];
}

export type Moved = Partial<Record<HolderName, MovedRows>>;

/** Gives everything that carries a term another one instead. */
export async function moveTerm(
  tx: Db,
  vocabulary: Vocabulary,
  from: string,
  into: string,
): Promise<Moved> {
  const all: Moved = {};
  for (const [name, holder] of holdersOf(vocabulary)) {
    const rows = await rowsOf(tx, holder, from);
    const taken = holder.single ? [] : await rowsOf(tx, holder, into);
    const keys = new Set(taken.map(({ key }) => key));
    const dropped = rows.filter(({ key }) => keys.has(key));
    const moved = rows.filter(({ key }) => !keys.has(key)).map(({ key }) => key);
    for (const batch of batchesOf(dropped.map(({ key }) => key))) {
      await tx
        .delete(holder.table)
        .where(and(named(holder, from), inArray(columnOf(holder, 'of'), batch)));
    }
    await rename(tx, holder, moved, from, into);
    all[name] = { moved, dropped: dropped.map(({ row }) => row) };
  }
  return all;
}

/** Takes back what `moveTerm` did, as far as the rows are still as it left them. */
export async function moveBack(
  tx: Db,
  vocabulary: Vocabulary,
  from: string,
  into: string,
  all: Moved,
): Promise<void> {
  for (const [name, holder] of holdersOf(vocabulary)) {
    const { moved = [], dropped = [] } = all[name] ?? {};
    await rename(tx, holder, moved, into, from);
    const still = new Set((await rowsOf(tx, holder, into)).map(({ key }) => key));
    for (const row of dropped.filter((one) => still.has(String(one[holder.of])))) {
      await tx.insert(holder.table).values(row).onConflictDoNothing();
    }
  }
}

function holdersOf(vocabulary: Vocabulary): [HolderName, Holder][] {
  return Object.entries(HOLDERS[vocabulary]) as [HolderName, Holder][];
}

function columnOf(holder: Holder, which: 'slug' | 'of'): Column {
  return getTableColumns(holder.table)[holder[which]] as Column;
}

function named(holder: Holder, term: string) {
  return and(eq(columnOf(holder, 'slug'), term), holder.only && eq(...holder.only));
}

async function rowsOf(db: Db, holder: Holder, term: string) {
  const rows: Record<string, unknown>[] = await db
    .select()
    .from(holder.table)
    .where(named(holder, term));
  return rows.map((row) => ({ key: String(row[holder.of]), row }));
}

async function rename(
  tx: Db,
  holder: Holder,
  keys: readonly string[],
  from: string,
  into: string,
): Promise<void> {
  for (const batch of batchesOf(keys)) {
    await tx
      .update(holder.table)
      .set({ [holder.slug]: into })
      .where(and(named(holder, from), inArray(columnOf(holder, 'of'), batch)));
  }
}
