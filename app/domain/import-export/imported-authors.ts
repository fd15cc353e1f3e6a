import { and, eq, isNull } from 'drizzle-orm';
import { handleHash, handleKey, handleSkeleton } from '~/domain/accounts/users/handles';
import { speaksForSite } from '~/domain/accounts/users/impersonation';
import type { AppContext } from '~/platform/app-context';
import { newId } from '~/platform/ids';
import { visibleLength, withoutBlanks } from '~/platform/text/visible';
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
      ...(holder.name === null && { name: shownName(app, author) }),
      ...(holder.country === null && { country: author.country }),
    };
    // The owner of a claimed account sets these themselves.
    if (Object.values(missing).some((value) => value !== null)) {
      await tx
        .update(users)
        .set(missing)
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
  await tx.insert(users).values({
    id,
    handle,
    handleKey: handleKey(handle),
    handleSkeleton: handleSkeleton(handle),
    name: shownName(app, author),
    country: author.country,
    createdAt: now,
    importedAt: now,
  });
  return id;
}

/** Returns the display name; null if it is invisible or seems to speak for the site. */
function shownName(app: Pick<AppContext, 'config'>, { name }: ImportedAuthor): string | null {
  const shown = withoutBlanks(name ?? '').trim();
  return visibleLength(shown) === 0 || speaksForSite(app, shown) ? null : shown;
}

/** An import must not speak in the site's own name. */
export function isReservedAuthor(handle: string): boolean {
  return handleKey(handle) === SITE_HANDLE;
}
