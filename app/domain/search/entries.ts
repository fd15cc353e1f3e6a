import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '~db/client';
import { searchEntries } from '~db/schema';
import { prepared } from '~db/statement-cache';
import { engine } from './engine';
import { searchTokens } from './word-forms';

type Kind = 'post' | 'digest';

/** Stores or replaces the text of a post or digest. */
export async function putEntry(tx: Db, kind: Kind, ref: string, title: string, body: string) {
  // An update without a change, which bumps the cache tag of stored result pages.
  await tx
    .insert(searchEntries)
    .values({ kind, ref })
    .onConflictDoUpdate({ target: [searchEntries.kind, searchEntries.ref], set: { ref } });
  const entry = await entryOf(tx, kind, ref);
  if (entry === null) throw new Error(`the ${kind} ${ref} got no place in the index`);
  await engine.put(tx, entry, { title: indexed(title), body: indexed(body) });
}

function indexed(text: string): string[] {
  return searchTokens(text).map(({ folded }) => folded);
}

export async function removeEntry(tx: Db, kind: Kind, ref: string): Promise<void> {
  const entry = await entryOf(tx, kind, ref);
  if (entry === null) return;
  await engine.remove(tx, entry);
  await tx.delete(searchEntries).where(eq(searchEntries.entry, entry));
}

const readEntry = prepared((db) =>
  db
    .select({ entry: searchEntries.entry })
    .from(searchEntries)
    .where(
      and(
        eq(searchEntries.kind, sql.placeholder('kind')),
        eq(searchEntries.ref, sql.placeholder('ref')),
      ),
    ),
);

async function entryOf(tx: Db, kind: Kind, ref: string): Promise<number | null> {
  const [row] = await readEntry(tx, { kind, ref });
  return row?.entry ?? null;
}
