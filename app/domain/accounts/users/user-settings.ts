import { eq } from 'drizzle-orm';
import { DomainError } from '~/platform/errors';
import { isLocale } from '~/platform/i18n/locales';
import { isTimeZone } from '~/platform/i18n/time-zones';
import { isCountry } from '~/platform/places/places';
import type { Db } from '~db/client';
import { users } from '~db/schema';

const LONGEST_NAME = 60;

export interface Settings {
  name: string | null;
  /** ISO 3166-1 alpha-2. */
  country: string | null;
  /** Others see the region of the country and not the country. */
  regionOnly: boolean;
  /** One of the interface languages; null leaves it to the browser. */
  language: string | null;
  /** An IANA name; null for UTC. */
  timeZone: string | null;
  /** Null leaves it to the system. */
  theme: 'light' | 'dark' | null;
}

/** A display name on one line, or why it is none. */
export function readName(text: string): { name: string | null } | null {
  const name = text.normalize('NFC').trim().replace(/ +/g, ' ');
  // Of the characters that show nothing, only the joiners that scripts need.
  if (/\p{Cc}|\p{Zl}|\p{Zp}|(?![\u200c\u200d])\p{Cf}/u.test(name)) return null;
  return [...name].length <= LONGEST_NAME ? { name: name || null } : null;
}

/** @throws DomainError about a field that is not on its list. */
export async function saveSettings(tx: Db, userId: string, settings: Settings): Promise<void> {
  const { country, language, timeZone } = settings;
  if (country !== null && !isCountry(country)) {
    throw new DomainError('invalid', 'people.error.country', { field: 'country' });
  }
  if (language !== null && !isLocale(language)) {
    throw new DomainError('invalid', 'people.error.language', { field: 'language' });
  }
  if (timeZone !== null && !isTimeZone(timeZone)) {
    throw new DomainError('invalid', 'people.error.timeZone', { field: 'timeZone' });
  }
  await tx.update(users).set(settings).where(eq(users.id, userId));
}
