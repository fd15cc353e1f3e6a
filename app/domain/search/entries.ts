import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '~db/client';
import { searchEntries } from '~db/schema';
import { prepared } from '~db/statement-cache';
import { engine } from './engine';
import { searchTokens } from './word-forms';

type Kind = 'post' | 'digest';

/** Adds an entry, or changes nothing in it, which bumps the cache tag of stored result pages. */
const touchEntry = prepared((db) =>
  db
    .insert(searchEntries)
    .values({ kind: sql.placeholder('kind'), ref: sql.placeholder('ref') })
    .onConflictDoUpdate({
      target: [searchEntries.kind, searchEntries.ref],
      set: { ref: sql`excluded.ref` },
    })
    .returning({ entry: searchEntries.entry }),
);

/** Stores or replaces the text of a post or digest. */
export async function putEntry(tx: Db, kind: Kind, ref: string, title: string, body: string) {
  const [stored] = await touchEntry(tx, { kind, ref });
  if (!stored) throw new Error(`the ${kind} ${ref} got no place in the index`);
  const { entry } = stored;
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
