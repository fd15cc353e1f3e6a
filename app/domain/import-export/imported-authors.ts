import { and, eq, isNull } from 'drizzle-orm';
import { handleHash, handleKey } from '~/domain/accounts/users/handles';
import { looksLikeOther, mixesScripts, speaksForSite } from '~/domain/accounts/users/impersonation';
import { looksOf } from '~/domain/accounts/users/looks';
import { withoutMarks } from '~/domain/accounts/users/user-settings';
import type { AppContext } from '~/platform/app-context';
import { newId } from '~/platform/ids';
import type { Db } from '~db/client';
import { erasures, users } from '~db/schema';
import { SITE_HANDLE } from './site-account';

export interface ImportedAuthor {
  handle: string;
  name: string | null;
  country: string | null;
}

/**
 * Returns the id of an imported author's account, which is created if needed. It has no email
 * address and no password, so nobody can log in until the account is claimed. Imported posts never
 * become those of a person who signed up here: if such a person has the handle, the author gets
 * `HANDLE-2`, `HANDLE-3` and so on.
 */
export async function importedAuthor(
  tx: Db,
  app: Pick<AppContext, 'clock' | 'config'>,
  author: ImportedAuthor,
): Promise<string> {
  for (let n = 1; ; n += 1) {
    const handle = n === 1 ? author.handle : `${author.handle}-${n}`;
    const [holder] = await tx
      .select()
      .from(users)
      .where(eq(users.handleKey, handleKey(handle)));
    if (!holder) return (await erasedAuthor(tx, handle)) ?? insertAuthor(tx, app, author, handle);
    if (holder.importedAt === null) continue;
    const missing = {
      ...(holder.name === null && { name: await shownName(tx, app, author) }),
      ...(holder.country === null && { country: author.country }),
    };
    // The owner of a claimed account sets these themselves.
    if (Object.values(missing).some((value) => value !== null)) {
      await tx
        .update(users)
        .set({ ...missing, ...looksOf(missing) })
        .where(and(eq(users.id, holder.id), isNull(users.email)));
    }
    return holder.id;
  }
}

/** Importing a conversation again must not restore deleted accounts. */
async function erasedAuthor(tx: Db, handle: string): Promise<string | null> {
  const [gone] = await tx
    .select({ id: erasures.userId })
    .from(erasures)
    .where(eq(erasures.handleHash, handleHash(handle)));
  return gone?.id ?? null;
}

async function insertAuthor(
  tx: Db,
  app: Pick<AppContext, 'clock' | 'config'>,
  author: ImportedAuthor,
  handle: string,
): Promise<string> {
  const now = app.clock.now();
  const id = newId(now);
  const name = await shownName(tx, app, author);
  await tx.insert(users).values({
    id,
    handle,
    handleKey: handleKey(handle),
    name,
    ...looksOf({ handle, name }),
    country: author.country,
    createdAt: now,
    importedAt: now,
  });
  return id;
}

/**
 * Returns the display name without what names do not need. Null if nothing is left, if it seems to
 * speak for the site, or if it looks like that of somebody with an account here.
 */
async function shownName(
  tx: Db,
  app: Pick<AppContext, 'config'>,
  author: ImportedAuthor,
): Promise<string | null> {
  const name = withoutMarks(author.name ?? '');
  if (name === '' || mixesScripts(name) || speaksForSite(app, name)) return null;
  return (await looksLikeOther(tx, name, null, 'members')) ? null : name;
}

/** An import must not speak in the site's own name. */
export function isReservedAuthor(handle: string): boolean {
  return handleKey(handle) === SITE_HANDLE;
}
