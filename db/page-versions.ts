import { randomBytes } from 'node:crypto';
import { inArray } from 'drizzle-orm';
import type { Db } from './client';
import { pageVersions } from './schema';

/** Draws the versions of these keys anew, in the transaction that changed what hangs on them. */
export async function drawVersions(tx: Db, keys: readonly string[]): Promise<void> {
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
  const rows = await db
    .select()
    .from(pageVersions)
    .where(inArray(pageVersions.key, [...keys]));
  const versions = new Map(rows.map(({ key, version }) => [key, version]));
  return keys.map((key) => versions.get(key) ?? '0').join('.');
}

/** 72 bits of chance. */
function newVersion(): string {
  return randomBytes(9).toString('base64url');
}
