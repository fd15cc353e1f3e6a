import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '~db/client';
import { searchEntries } from '~db/schema';
import { prepared } from '~db/statement-cache';
import { engine } from './engine';
import { searchTokens } from './word-forms';

type Kind = 'post' | 'digest';

const isEntryOf = and(
  eq(searchEntries.kind, sql.placeholder('kind')),
  eq(searchEntries.ref, sql.placeholder('ref')),
);

const addEntry = prepared((db) =>
  db
    .insert(searchEntries)
    .values({ kind: sql.placeholder('kind'), ref: sql.placeholder('ref') })
    .onConflictDoNothing()
    .returning({ entry: searchEntries.entry }),
);

/** Changes nothing in an entry, which bumps the cache tag of stored result pages. */
const touchEntry = prepared((db) =>
  db
    .update(searchEntries)
    .set({ ref: sql`${searchEntries.ref}` })
    .where(isEntryOf)
    .returning({ entry: searchEntries.entry }),
);

/** Stores or replaces the text of a post or digest. */
export async function putEntry(tx: Db, kind: Kind, ref: string, title: string, body: string) {
  const text = { title: indexed(title), body: indexed(body) };
  const [added] = await addEntry(tx, { kind, ref });
  if (added) return engine.add(tx, added.entry, text);
  const [present] = await touchEntry(tx, { kind, ref });
  if (!present) throw new Error(`the ${kind} ${ref} got no place in the index`);
  await engine.remove(tx, present.entry);
  await engine.add(tx, present.entry, text);
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
  db.select({ entry: searchEntries.entry }).from(searchEntries).where(isEntryOf),
);

async function entryOf(tx: Db, kind: Kind, ref: string): Promise<number | null> {
  const [row] = await readEntry(tx, { kind, ref });
  return row?.entry ?? null;
}
