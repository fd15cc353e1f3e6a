import { type Community, perCommunity } from '~/platform/community/community';
import { isLocale, LOCALES, type Locale } from '~/platform/i18n/locales';
import type { Terms } from '~/platform/markdown/decorate-html';

const termsOf = perCommunity(() => new Map<Locale, Terms | undefined>());

/** Returns the glossary terms in a language (BCP 47); undefined if none is written in it. */
export function glossaryTerms(community: Community, language: string): Terms | undefined {
  const locale = language.split('-', 1)[0];
  if (!isLocale(locale)) return undefined;
  const known = termsOf(community);
  if (!known.has(locale)) known.set(locale, compile(community, locale));
  return known.get(locale);
}

function compile(community: Community, locale: Locale): Terms | undefined {
  const entries = community.glossary
    .flatMap((slug) => {
      // Another language's name would not be found in the posts of this one.
      const name = community.find('glossary', slug)?.texts.get(locale)?.name;
      // Without the abbreviation in brackets, because it alone can be too frequent to link.
      const written = name?.replace(/\s*\([^)]*\)/, '').replace(MARKS, '');
      return written ? [{ slug, written }] : [];
    })
    // Longest first, so that a term does not match inside a longer one.
    .sort((a, b) => b.written.length - a.written.length);
  if (entries.length === 0) return undefined;
  const alternatives = entries.map(({ written }) => `(${spellings(written, locale)})`);
  const any = `(?:${alternatives.join('|')})`;
  const source = LOCALES[locale].unspaced
    ? any
    : `(?<![\\p{L}\\p{M}\\p{N}])${any}(?![\\p{L}\\p{M}\\p{N}])`;
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
