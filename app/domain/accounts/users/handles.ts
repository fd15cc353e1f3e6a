import { randomInt } from 'node:crypto';
import type { MessageKey } from '~/platform/i18n/translator';
import { digestOf } from '~/platform/ids';
import { asciiDigits } from '~/platform/text/digits';
import { skeletonOf } from './confusables';
import { isFormerHandle } from './deleted-users';

const SHORTEST = 3;
const LONGEST = 30;

/** Letters with their marks, digits, `_` and `-`; a letter or digit at both ends. */
const SHAPE = /^[\p{L}\p{Nd}](?:[\p{L}\p{M}\p{Nd}_-]*[\p{L}\p{M}\p{Nd}])?$/u;

/** Characters that show nothing, and piles of marks that run over the lines around them. */
const UNFIT = /\p{Default_Ignorable_Code_Point}|\p{M}{4,}/u;

/**
 * Scripts in everyday use (UAX #31, table 5), and some in which a living community of few
 * computers writes. Those that one language mixes count as one script, as in UTS #39.
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

/** Names that seem to speak for the site, in its languages, or that its addresses may need. */
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
  ...['former', 'former-member', 'unknown', 'visitor', 'guest', 'noreply', 'no-reply'],
  ...['settings', 'login', 'logout', 'signup', 'account', 'bot', 'api', 'all', 'here', 'you'],
];

const RESERVED = new Set(RESERVED_WORDS.map(handleSkeleton));

/**
 * The folded form in which handles are unique: without regard to case, width or the set of
 * digits. Letters that only look alike are the matter of `handleSkeleton`.
 */
export function handleKey(handle: string): string {
  return (
    asciiDigits(
      // Up before down: ß and SS, ı and I are then the same.
      handle.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC'),
    )
      // The Arabic line that only stretches a word.
      .replaceAll('\u0640', '')
  );
}

/** A handle as it is stored: composed, without the spaces around it. */
export function tidyHandle(text: string): string {
  return text.trim().normalize('NFC');
}

/** Why a handle cannot be had by anybody, as a message; null when nothing speaks against it. */
export function handleProblem(text: string): MessageKey | null {
  const handle = tidyHandle(text);
  if (handle === '') return 'site.error.required';
  const length = [...handle].length;
  if (length < SHORTEST || length > LONGEST) return 'people.error.handleLength';
  if (!SHAPE.test(handle) || UNFIT.test(handle)) return 'people.error.handleCharacters';
  if (!SCRIPTS.some((script) => script.test(handle))) return 'people.error.handleScript';
  return null;
}

/** What a handle looks like: of two that look alike only one is given away. */
export function handleSkeleton(handle: string): string {
  return skeletonOf(tidyHandle(handle), handleKey);
}

/** By which a handle that is gone for good is known again, without keeping it. */
export function handleHash(handle: string): string {
  return digestOf(handleSkeleton(handle));
}

/** Whether a handle is kept from people who sign up; the operator may give it. */
export function isReservedHandle(handle: string): boolean {
  const key = handleKey(handle);
  // Folded too: a capital I looks like an l, and ADMIN is reserved all the same.
  const looks = [handleSkeleton(handle), handleSkeleton(key)];
  return looks.some((look) => RESERVED.has(look)) || isFormerHandle(key);
}

/** What stands in the place of the handle of somebody who left; it tells nothing of them. */
export function formerHandle(): string {
  const letters = Array.from({ length: 10 }, () => randomInt(36).toString(36));
  return `former-${letters.join('')}`;
}
