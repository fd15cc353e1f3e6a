import { randomInt } from 'node:crypto';
import type { MessageKey } from '~/platform/i18n/translator';
import { digestOf } from '~/platform/ids';
import { asciiDigits } from '~/platform/text/digits';
import { skeletonOf } from './confusables';
import { isFormerHandle } from './deleted-users';

/** Length of a handle in characters. */
interface HandleLength {
  shortest: number;
  longest: number;
}

const CHOSEN: HandleLength = { shortest: 3, longest: 30 };

/** Imported handles come from elsewhere; the rule for their characters is the same. */
export const IMPORTED: HandleLength = { shortest: 1, longest: 40 };

/** Letters with their marks, digits, `_` and `-`; a letter or digit at both ends. */
const SHAPE = /^[\p{L}\p{Nd}](?:[\p{L}\p{M}\p{Nd}_-]*[\p{L}\p{M}\p{Nd}])?$/u;

/** Invisible characters, and stacked marks that overlap the lines around them. */
const UNFIT = /\p{Default_Ignorable_Code_Point}|\p{M}{4,}/u;

/**
 * Scripts in everyday use (UAX #31, table 5), and some of living communities with few computers.
 * Scripts that one language mixes count as one, as in UTS #39.
 */
const SCRIPTS = [
  ...['Adlam', 'Arabic', 'Armenian', 'Bengali', 'Canadian_Aboriginal', 'Cherokee', 'Cyrillic'],
  ...['Devanagari', 'Ethiopic', 'Georgian', 'Greek', 'Gujarati', 'Gurmukhi', 'Hebrew', 'Kannada'],
  ...['Khmer', 'Lao', 'Latin', 'Malayalam', 'Mongolian', 'Myanmar', 'Nko', 'Ol_Chiki', 'Oriya'],
  ...['Sinhala', 'Tamil', 'Telugu', 'Thaana', 'Thai', 'Tibetan', 'Tifinagh', 'Vai', 'Yi'],
  ...['Han+Hiragana+Katakana', 'Han+Hangul', 'Han+Bopomofo'],
].map((names) => {
  const classes = [...names.split('+'), 'Inherited'].map((name) => `\\p{scx=${name}}`);
  return new RegExp(`^[0-9_${classes.join('')}-]+$`, 'u');
});

/** Names that seem to speak for the site, in its languages, or that its URLs may need. */
export const RESERVED_WORDS = [
  ...['admin', 'administrator', 'causeway', 'contact', 'help', 'info', 'mod', 'moderation'],
  ...['moderator', 'official', 'owner', 'postmaster', 'press', 'privacy', 'root', 'rules'],
  ...['security', 'site', 'staff', 'support', 'system', 'team', 'webmaster', 'abuse'],
  ...['anonymous', 'deleted', 'everyone', 'me', 'new', 'nobody', 'null', 'undefined'],
  ...['administrateur', 'administratrice', 'moderateur', 'modérateur', 'modératrice', 'équipe'],
  ...['إدارة', 'الإدارة', 'مدير', 'المدير', 'مشرف', 'المشرف', 'الدعم'],
  ...['admins', 'mods', 'moderators', 'moderateurs', 'modérateurs', 'sysadmin', 'superuser'],
  ...['administrador', 'administradora', 'moderador', 'moderadora', 'soporte', 'suporte'],
  ...['админ', 'администратор', 'модератор', 'поддержка', '管理员', '管理員', '管理者'],
  ...['former', 'former-member', 'unknown', 'visitor', 'guest', 'member', 'noreply', 'no-reply'],
  ...['settings', 'login', 'logout', 'signup', 'account', 'bot', 'api', 'all', 'here', 'you'],
];

const RESERVED = new Set(RESERVED_WORDS.map(handleSkeleton));

/**
 * Returns the form in which handles are unique: regardless of case, width and script of the digits.
 * Letters that look alike are handled by `handleSkeleton`.
 */
export function handleKey(handle: string): string {
  return (
    asciiDigits(
      // Upper case before lower case, so that ß and SS, ı and I become equal.
      handle.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC'),
    )
      // The Arabic kashida, which only stretches a word.
      .replaceAll('\u0640', '')
  );
}

/** Returns a handle as it is stored: composed, without surrounding spaces. */
export function tidyHandle(text: string): string {
  return text.trim().normalize('NFC');
}

/** Returns why nobody can have this handle, as a message key; null if it is allowed. */
export function handleProblem(text: string, { shortest, longest } = CHOSEN): MessageKey | null {
  const handle = tidyHandle(text);
  if (handle === '') return 'people.error.handleEmpty';
  const length = [...handle].length;
  if (length < shortest || length > longest) return 'people.error.handleLength';
  if (!SHAPE.test(handle) || UNFIT.test(handle)) return 'people.error.handleCharacters';
  if (!SCRIPTS.some((script) => script.test(handle))) return 'people.error.handleScript';
  return null;
}

/** Returns what a handle looks like; of two that look alike, only the first can be registered. */
export function handleSkeleton(handle: string): string {
  return skeletonOf(tidyHandle(handle), handleKey);
}

/** Returns the hash by which the handle of a deleted account is recognised without storing it. */
export function handleHash(handle: string): string {
  return digestOf(handleSkeleton(handle));
}

/** True if the handle cannot be chosen at sign-up; the operator can still assign it. */
export function isReservedHandle(handle: string): boolean {
  const key = handleKey(handle);
  // The normalised form is checked too, because a capital I looks like an l, and ADMIN must be
  // reserved.
  const looks = [handleSkeleton(handle), handleSkeleton(key)];
  return looks.some((look) => RESERVED.has(look)) || isFormerHandle(key);
}

/** Returns a random placeholder handle for a deleted account. */
export function formerHandle(): string {
  const letters = Array.from({ length: 10 }, () => randomInt(36).toString(36));
  return `former-${letters.join('')}`;
}
