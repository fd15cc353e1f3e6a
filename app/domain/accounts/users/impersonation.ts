import { and, eq, exists, inArray, isNotNull, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import type { AppContext } from '~/platform/app-context';
import { LOCALE_TAGS } from '~/platform/i18n/locales';
import { type MessageKey, translator } from '~/platform/i18n/translator';
import { lookOf, waysToDraw, wordsOf } from '~/platform/text/look';
import type { Db } from '~db/client';
import { alias } from '~db/dialect';
import { users } from '~db/schema';
import { handleKey, handleSkeleton, RESERVED_WORDS } from './handles';
import { wholeLook, wholeShape } from './looks';

/** Words for roles, besides those with which pages mark them: no name may contain one. */
const ROLES = [
  ...['admin', 'admins', 'administrator', 'administrators', 'mod', 'mods', 'moderator'],
  ...['moderators', 'moderation', 'official', 'staff', 'sysadmin', 'superuser', 'webmaster'],
  ...['postmaster', 'administrateur', 'administratrice', 'moderateur', 'modératrice', 'officiel'],
  ...['moderateurs', 'modération', 'officielle', 'administrador', 'administradora', 'moderador'],
  ...['moderadora', 'oficial', 'moderatorin', 'админ', 'администратор', 'модератор'],
  ...['админы', 'модераторы', 'διαχειριστής', 'yönetici', 'amministratore', 'प्रशासक', 'msimamizi'],
  ...['管理人', '運営', 'モデレーター', '관리자', '운영자'],
  ...['管理员', '管理員', '管理者', '版主', '官方', 'المشرف', 'مشرف', 'المدير', 'رسمي'],
];

/** Names for people without one, besides those that pages give them. */
const NAMELESS = ['former member', 'ancien membre', 'ancienne membre'];

/** Reserved as handles, but they speak for nobody, and names look like them: Ali, Newall. */
const HARMLESS = new Set([
  ...['all', 'anonymous', 'bot', 'everyone', 'here', 'me', 'new', 'nobody', 'visitor', 'you'],
]);

let keptLooks: { offices: Set<string>; reserved: Set<string> } | undefined;

/** What these words look like. Made when first asked: it needs the messages of all languages. */
function looksKept() {
  if (keptLooks) return keptLooks;
  const inAllLanguages = (key: MessageKey) =>
    LOCALE_TAGS.map((locale) => translator(locale).t(key));
  const roles = [
    ...inAllLanguages('people.profile.role.moderator'),
    ...inAllLanguages('people.profile.role.administrator'),
  ];
  const givenBySite = [
    ...inAllLanguages('people.former'),
    ...inAllLanguages('moderation.log.machine'),
  ];
  const offices = new Set([...ROLES, ...roles].map(wholeLook));
  const words = RESERVED_WORDS.filter((word) => !HARMLESS.has(word));
  const names = [...words, ...NAMELESS, ...givenBySite].map(wholeLook);
  keptLooks = { offices, reserved: new Set([...names, ...offices]) };
  return keptLooks;
}

/** A site's name or an office this long is found within a word too: `themoderator`. */
const FOUND_WITHIN = 8;

/** True if a name or handle would seem to speak for the site, by containing its name or a role. */
export function speaksForSite({ config }: Pick<AppContext, 'config'>, text: string): boolean {
  const site = wholeLook(config.siteName);
  // Capitals of some scripts look like Latin letters while their small letters do not; `cl` looks
  // like `d`, but in names of people both are common.
  const drawn = [text, text.toLowerCase()].flatMap((one) => [one, one.replaceAll('cl', 'd')]);
  return [...new Set(drawn)].some((one) => isReserved(site, one));
}

function isReserved(site: string, text: string): boolean {
  const { offices, reserved: kept } = looksKept();
  const claims = (look: string) => look === site || offices.has(look);
  const reserved = (look: string) => look === site || kept.has(look);
  const words = wordsOf(text);
  const whole = words.join('');
  const looks = words.map(lookOf);
  const parts = [whole, ...words, ...spelledOut(text), ...words.flatMap(splitAtCapitals)];
  const telling = parts.flatMap((one) => [one, withoutNumber(one)]).map(lookOf);
  const pairs = cuts(lookOf(whole));
  return (
    telling.some(claims) ||
    telling.some((look) => [site, ...offices].some((one) => isWithin(one, look))) ||
    runs(looks).includes(site) ||
    [whole, withoutNumber(whole)].map(lookOf).some(reserved) ||
    [looks, ...pairs].some((all) => all.length > 0 && all.every(reserved))
  );
}

/** `name2026` is seen as `name` with a number. */
function withoutNumber(word: string): string {
  return word.replace(/^\p{N}+|\p{N}+$/gu, '');
}

/** `ForumMod` is seen as two words. */
function splitAtCapitals(word: string): string[] {
  return word.split(/(?<=\p{Ll})(?=\p{Lu})/u);
}

/** Letters that stand alone, joined: `m o d`. */
function spelledOut(text: string): string[] {
  const spelled = wordsOf(text).map((word) => (/^\p{L}\p{M}*$/u.test(word) ? word : ' '));
  return spelled.join('').split(' ').filter(Boolean);
}

function isWithin(part: string, look: string): boolean {
  return part.length >= FOUND_WITHIN && (look.startsWith(part) || look.endsWith(part));
}

/** Returns all ways to cut a text into two. */
function cuts(text: string): string[][] {
  return Array.from(text, (_, at) => [text.slice(0, at), text.slice(at)]).slice(1);
}

/** Returns what words that stand side by side look like together. */
function runs(looks: readonly string[]): string[] {
  return looks.flatMap((_, from) =>
    looks.slice(from).map((_, n) => looks.slice(from, from + n + 1).join('')),
  );
}

/** Scripts with letters like those of others. */
const ALIKE = [
  ...['Latin', 'Greek', 'Cyrillic', 'Armenian', 'Cherokee', 'Coptic', 'Canadian_Aboriginal'],
  ...['Lisu', 'Tifinagh', 'Vai', 'Osage', 'Deseret', 'Warang_Citi', 'Georgian'],
].map((script) => new RegExp(`\\p{sc=${script}}`, 'u'));

/**
 * Letters that stand beside those of any script: of East Asia, of no script in particular, and Greek
 * ones that are typed for ɛ and ɣ in languages of West Africa.
 */
const BESIDE =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Bopomofo}\p{sc=Hangul}\p{sc=Common}εγ]/u;

/** True if one word of a name mixes letters of scripts that look alike. */
export function mixesScripts(name: string): boolean {
  return wordsOf(name).some((word) => {
    const script = ALIKE.find((one) => one.test(word));
    const letters = word.match(/\p{L}/gu) ?? [];
    return script && !letters.every((letter) => script.test(letter) || BESIDE.test(letter));
  });
}

/** True if a name or handle looks like another's; `userId` is who wants it, null for a new account. */
export async function looksLikeOther(
  db: Db,
  text: string,
  userId: string | null,
  among: 'everybody' | 'members' = 'everybody',
): Promise<boolean> {
  const words = wordsOf(text);
  if (words.length === 0) return false;
  const looks = waysToDraw(text).map(wholeShape);
  // Handles contain no spaces, so each way to leave them out of a name is checked.
  const spelled = [text, ...['', '_', '-'].map((sign) => words.join(sign))];
  const alike = or(
    inArray(users.handleKey, spelled.map(handleKey)),
    inArray(users.handleSkeleton, spelled.map(handleSkeleton)),
    inArray(users.handleLook, looks),
    inArray(users.nameLook, looks),
  );
  const others = and(
    isNull(users.erasedAt),
    userId === null ? undefined : ne(users.id, userId),
    among === 'members' ? isNotNull(users.email) : undefined,
  );
  const [holder] = await db.select({ id: users.id }).from(users).where(and(others, alike)).limit(1);
  return holder !== undefined;
}

const other = alias(users, 'other');

/** For queries of `users`: whether somebody else has a name or handle that looks like the name. */
export function nameIsShared(db: Db): SQL<boolean> {
  const alike = or(eq(other.nameLook, users.nameLook), eq(other.handleLook, users.nameLook));
  const found = db
    .select({ id: other.id })
    .from(other)
    .where(and(ne(other.id, users.id), isNull(other.erasedAt), alike));
  return sql`${exists(found)}`.mapWith(Boolean);
}
