import { withoutMarks } from '~/platform/text/fold';
import { countriesByName } from './names';
import { type CountryCode, isCountry } from './places';

/**
 * The country that somebody means: its alpha-2 code, or its name in their language or in English,
 * whatever the case, accents and punctuation. The beginning of a name is enough where only one
 * country begins so. Null when none is meant, or several could be.
 */
export function findCountry(text: string, locale: string): CountryCode | null {
  const code = text.trim().toUpperCase();
  if (isCountry(code)) return code;
  const wanted = plain(text);
  if (!wanted) return null;

  for (const language of new Set([locale, 'en'])) {
    const names = countriesByName(language).map(({ code, name }) => ({ code, name: plain(name) }));
    const exact = names.find(({ name }) => name === wanted);
    if (exact) return exact.code;
    const begun = names.filter(({ name }) => name.startsWith(wanted));
    if (wanted.length > 2 && begun.length === 1) return begun[0]?.code ?? null;
  }
  return null;
}

/** Letters and digits only, without accents, in lower case: "Côte d’Ivoire" → "cotedivoire". */
function plain(name: string): string {
  return withoutMarks(name)
    .replace(/&/g, 'and')
    .replace(/[^\p{L}\p{N}]/gu, '');
}
