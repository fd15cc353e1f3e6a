import { and, inArray, isNull, ne, or } from 'drizzle-orm';
import type { AppContext } from '~/platform/app-context';
import { lookOf, wordsOf } from '~/platform/text/look';
import type { Db } from '~db/client';
import { users } from '~db/schema';
import { handleKey, handleSkeleton, RESERVED_WORDS } from './handles';

/** Words for roles: no display name may contain one. */
const OFFICES = new Set(
  [
    ...['admin', 'admins', 'administrator', 'administrators', 'mod', 'mods', 'moderator'],
    ...['moderators', 'moderation', 'official', 'staff', 'sysadmin', 'superuser', 'webmaster'],
    ...['postmaster', 'administrateur', 'administratrice', 'moderateur', 'modératrice'],
    ...['moderateurs', 'modération', 'administrador', 'administradora', 'moderador', 'moderadora'],
    ...['админ', 'администратор', 'модератор', '管理员', '管理員', '管理者', 'المشرف', 'مشرف'],
  ].map(lookOf),
);

const RESERVED = new Set([...RESERVED_WORDS.map(lookOf), ...OFFICES]);

/** True if a name or handle would seem to speak for the site, by containing its name or a role. */
export function speaksForSite({ config }: Pick<AppContext, 'config'>, text: string): boolean {
  // Checked in lower case too: capitals of some scripts look like Latin letters while their small
  // letters do not.
  return [text, text.toLowerCase()].some((one) => isReserved(config.siteName, one));
}

function isReserved(siteName: string, text: string): boolean {
  const words = wordsOf(text);
  const looks = words.map(lookOf);
  const site = lookOf(wordsOf(siteName).join(''));
  const whole = lookOf(words.join(''));
  const bare = lookOf(words.join('').replace(/^\p{N}+|\p{N}+$/gu, ''));
  const reserved = (look: string) => look === site || RESERVED.has(look);
  const joined = (look: string) =>
    Array.from(look).some((_, at) => reserved(look.slice(0, at)) && reserved(look.slice(at)));
  return (
    looks.some((look) => look === site || OFFICES.has(look)) ||
    (looks.length > 0 && looks.every(reserved)) ||
    [whole, bare].some((look) => reserved(look) || joined(look))
  );
}

/** True if a name looks like another's handle or a moderator's name; `userId` is who wants it. */
export async function looksLikeOther(
  db: Db,
  text: string,
  userId: string | null,
): Promise<boolean> {
  const joined = wordsOf(text).join('');
  if (joined === '') return false;
  const looks = [joined, joined.toLowerCase()].map(lookOf);
  const others = and(isNull(users.erasedAt), userId === null ? undefined : ne(users.id, userId));
  // A handle cannot contain spaces, so every way of joining the words of a name is checked.
  const spelled = [text, ...['', '_', '-'].map((sign) => wordsOf(text).join(sign))];
  const alike = or(
    inArray(users.handleKey, spelled.map(handleKey)),
    inArray(users.handleSkeleton, spelled.map(handleSkeleton)),
  );
  const [holder] = await db.select({ id: users.id }).from(users).where(and(others, alike)).limit(1);
  if (holder) return true;
  const moderating = await db
    .select({ handle: users.handle, name: users.name })
    .from(users)
    .where(and(others, ne(users.role, 'member')));
  return moderating.some(({ handle, name }) =>
    [handle, name ?? ''].some((one) => looks.includes(lookOf(wordsOf(one).join('')))),
  );
}
