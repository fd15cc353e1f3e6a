import type { Db } from '~db/client';
import type { Role } from '~db/schema/people';
import { personByHandle } from './accounts';
import { shownPlace } from './shown-place';

export interface Profile {
  id: string;
  handle: string;
  name: string | null;
  /** A country or, where the person prefers, its region. */
  place: string | null;
  role: Role;
  since: number;
  /** Came with an import: nobody can log in with it. */
  imported: boolean;
  /** Others see a profile only when its address is confirmed. */
  confirmed: boolean;
}

/** What a profile says of a person; null when nobody has the handle. */
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
