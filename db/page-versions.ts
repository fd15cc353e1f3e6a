import { randomBytes } from 'node:crypto';
import { inArray, sql } from 'drizzle-orm';
import type { Db } from './database';
import { pageVersions } from './schema';
import { prepared } from './statement-cache';

/** Draws the versions of these keys anew, in the transaction that changed what hangs on them. */
export async function bumpVersions(tx: Db, keys: readonly string[]): Promise<void> {
  const version = newVersion();
  for (const key of keys) {
    await tx
      .insert(pageVersions)
      .values({ key, version })
      .onConflictDoUpdate({ target: pageVersions.key, set: { version } });
  }
}

/**
 * One mark for the present versions of these keys: while it is the same, so is what hangs on them.
 * To be read before a page is made, so that a page can only be newer than its mark.
 */
export async function readVersions(db: Db, keys: readonly string[]): Promise<string> {
  const rows = await selectVersions(keys.length)(db, { ...keys });
  const versions = new Map(rows.map(({ key, version }) => [key, version]));
  return keys.map((key) => versions.get(key) ?? '0').join('.');
}

type SelectVersions = ReturnType<typeof makeSelect>;

/** By how many keys are asked for at once: it is done before each shared page. */
const selects = new Map<number, SelectVersions>();

function selectVersions(count: number): SelectVersions {
  const known = selects.get(count);
  if (known) return known;
  const made = makeSelect(count);
  selects.set(count, made);
  return made;
}

function makeSelect(count: number) {
  const keys = Array.from({ length: count }, (_, n) => sql.placeholder(String(n)));
  return prepared((db) => db.select().from(pageVersions).where(inArray(pageVersions.key, keys)));
}

/** 72 bits of chance. */
function newVersion(): string {
  return randomBytes(9).toString('base64url');
}
