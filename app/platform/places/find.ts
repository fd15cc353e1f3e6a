import { withoutMarks } from '~/platform/text/fold';
import { countriesByName } from './names';
import { type CountryCode, isCountry } from './places';

/**
 * Finds a country by its alpha-2 code, or its name in the given language or in English, ignoring
 * case, accents and punctuation. The beginning of a name is enough if only one country matches.
 * Returns null if none or several match.
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

/** Keeps letters and digits, without accents, in lower case: "Côte d’Ivoire" → "cotedivoire". */
function plain(name: string): string {
  return withoutMarks(name)
    .replace(/&/g, 'and')
    .replace(/[^\p{L}\p{N}]/gu, '');
}
