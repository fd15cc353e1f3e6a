import { isLocale, LOCALES, type Locale } from '~/platform/i18n/locales';
import { type MessageKey, translator } from '~/platform/i18n/translator';
import type { Terms } from '~/platform/markdown/decorate-html';
import { GLOSSARY } from './vocabularies';

const made = new Map<Locale, Terms>();

/** Returns the glossary terms in a language (BCP 47); undefined if it has no translation. */
export function glossaryTerms(language: string): Terms | undefined {
  const locale = language.split('-', 1)[0];
  if (!isLocale(locale)) return undefined;
  const known = made.get(locale);
  if (known) return known;
  const terms = compile(locale);
  made.set(locale, terms);
  return terms;
}

function compile(locale: Locale): Terms {
  const { t } = translator(locale);
  const entries = GLOSSARY.map(({ slug, term }) => ({
    slug,
    // Without the abbreviation in "Artificial intelligence (AI)", because "AI" alone is too
    // frequent to link.
    written: t(term as MessageKey)
      .replace(/\s*\([^)]*\)/, '')
      .replace(MARKS, ''),
    // Longest first, so that "AI" does not match inside "AI literacy".
  })).sort((a, b) => b.written.length - a.written.length);
  const alternatives = entries.map(({ written }) => `(${spellings(written, locale)})`);
  const source = `(?<![\\p{L}\\p{M}\\p{N}])(?:${alternatives.join('|')})(?![\\p{L}\\p{M}\\p{N}])`;
  const whole = new RegExp(`^(?:${alternatives.join('|')})$`, 'iu');
  return {
    pattern: new RegExp(source, 'giu'),
    slugOf(match) {
      const group = whole.exec(match)?.findIndex((part, index) => index > 0 && part !== undefined);
      return group === undefined ? undefined : entries[group - 1]?.slug;
    },
  };
}

/** Arabic vowel marks and the kashida: optional in writing. */
const MARKS = /[\u064b-\u0652\u0640]/g;

/** Matches a term with any apostrophe, hyphen or space, without vowel marks, in the plural. */
function spellings(term: string, locale: Locale): string {
  const { before, after } = LOCALES[locale].wordForms;
  const words = term.split(/([\s\u2010\u2011-]+)/).map((part, index) => {
    if (index % 2 === 1) return '[\\s\\u2010\\u2011-]{1,3}';
    const letters = [...part].map((letter) => {
      if (/['’]/.test(letter)) return "['’]";
      const literal = letter.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
      return locale === 'ar' ? `${literal}[\\u064b-\\u0652\\u0640]*` : literal;
    });
    return letters.join('') + (part.length > 3 && !part.endsWith('s') ? after : '');
  });
  return before + words.join('');
}
