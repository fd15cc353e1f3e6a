import type { Translator } from '~/platform/i18n/translator';
import type { Db } from '~db/client';
import { users } from '~db/schema';
import type { Role } from '~db/schema/people';
import { personByHandle } from './accounts';
import { isFormerHandle } from './deleted-users';
import { shownPlace } from './shown-place';

/** How a person's posts name them. */
export interface Author {
  handle: string;
  name: string | null;
  role: Role;
}

/** Returns how a person is named in one line: "Luc Adjovi (@luc)"; of a deleted account, that it is one. */
export function authorLabel(
  { handle, name }: Pick<Author, 'handle' | 'name'>,
  { t }: Pick<Translator, 't'>,
): string {
  if (isFormerHandle(handle)) return t('people.former');
  return name === null || name === handle ? handle : `${name} (@${handle})`;
}

/** The columns of an `Author`, to be selected. */
export const authorColumns = { handle: users.handle, name: users.name, role: users.role };

export interface Profile {
  id: string;
  handle: string;
  name: string | null;
  /** A country or, if the person prefers, its region. */
  place: string | null;
  role: Role;
  since: number;
  /** An imported account, which nobody can log in to. */
  imported: boolean;
  /** A profile is visible to others only if its email address is confirmed. */
  confirmed: boolean;
}

/** Returns a person's profile; null if nobody has the handle. */
export async function profile(db: Db, handle: string): Promise<Profile | null> {
  const account = await personByHandle(db, handle);
  if (!account || account.erasedAt !== null) return null;
  const imported = account.importedAt !== null;
  return {
    id: account.id,
    handle: account.handle,
    name: account.name,
    place: shownPlace(account),
    role: account.role,
    since: account.createdAt,
    imported: imported && account.email === null,
    confirmed: imported || account.confirmedAt !== null,
  };
}
