import { eq } from 'drizzle-orm';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { isLocale } from '~/platform/i18n/locales';
import { readTimeZone } from '~/platform/i18n/time-zones';
import { isPostLanguage } from '~/platform/languages/detect';
import { isCountry } from '~/platform/places/places';
import { hasBlanks, singleLine } from '~/platform/text/visible';
import type { Db } from '~db/client';
import { users } from '~db/schema';
import { looksLikeOther, mixesScripts, speaksForSite } from './impersonation';
import { looksOf } from './looks';

const LONGEST_NAME = 60;

export interface Settings {
  name: string | null;
  /** ISO 3166-1 alpha-2. */
  country: string | null;
  /** True to show others only the region of the country. */
  regionOnly: boolean;
  /** An interface language; null to use the browser's. */
  language: string | null;
  /** The languages that the person reads, BCP 47; null if they have not said. */
  reads: string[] | null;
  /** An IANA name; null for UTC. */
  timeZone: string | null;
  /** Null to use the system's setting. */
  theme: 'light' | 'dark' | null;
}

/**
 * Characters that names do not need, and with which marks could be imitated: `@`, stars, ticks,
 * shields and other symbols, rings around letters, characters that every font draws differently.
 */
const MARKS =
  /[^\p{L}\p{M}\p{N}\p{P}\p{Zs}\p{Sk}+<=>|~$\u200c\u200d]|[@\uff20\ufe6b]|\p{Me}|[\u20d0-\u20ff]/gu;

/** Returns a name without what names do not need; '' if no letter or digit is left. */
export function withoutMarks(name: string): string {
  const plain = singleLine(name.replace(MARKS, ''));
  return /[\p{L}\p{N}]/u.test(plain) ? plain : '';
}

/** Reads a display name: one visible line, or `name: null` to remove it; null if not valid. */
export function readName(text: string): { name: string | null } | null {
  const typed = text.normalize('NFC').trim();
  if (typed === '') return { name: null };
  const name = singleLine(typed);
  // Joiners and selectors that do nothing come with some keyboards: they are left out.
  const chosen = typed.replace(/\u200c|\u200d|[\ufe00-\ufe0f]/gu, '');
  if (name === '' || hasBlanks(chosen) || name !== withoutMarks(name)) return null;
  return [...name].length <= LONGEST_NAME ? { name } : null;
}

/**
 *
 * @throws DomainError for a field value that is not on its list, or a name that could deceive.
 */
export async function saveSettings(
  app: AppContext,
  tx: Db,
  userId: string,
  settings: Settings,
): Promise<void> {
  const { name, country, language, timeZone } = settings;
  const [own] = await tx.select({ name: users.name }).from(users).where(eq(users.id, userId));
  // A name that the person already has is not checked again.
  if (name !== null && name !== own?.name) {
    if (mixesScripts(name)) {
      throw new DomainError('refused', 'people.error.nameScript', { field: 'name' });
    }
    const deceives = speaksForSite(app, name) || (await looksLikeOther(tx, name, userId));
    if (deceives) throw new DomainError('refused', 'people.error.nameTaken', { field: 'name' });
  }
  if (country !== null && !isCountry(country)) {
    throw new DomainError('invalid', 'site.error.field', { field: 'country' });
  }
  if (language !== null && !isLocale(language)) {
    throw new DomainError('invalid', 'people.error.language', { field: 'language' });
  }
  if (settings.reads?.some((tag) => !isLocale(tag) && !isPostLanguage(tag))) {
    throw new DomainError('invalid', 'people.error.reads', { field: 'reads' });
  }
  const zone = timeZone === null ? null : readTimeZone(timeZone);
  if (timeZone !== null && zone === null) {
    throw new DomainError('invalid', 'people.error.timeZone', { field: 'timeZone' });
  }
  await tx
    .update(users)
    .set({ ...settings, timeZone: zone, ...looksOf({ name }) })
    .where(eq(users.id, userId));
}
