import { countCue, hasCue } from '~/domain/barriers/discourse';
import type { LexiconLanguage } from '~/domain/barriers/lexicon';

/*
 * Sentences that only name and describe something, as the answer to a question may: "A farmer who asks
 * at night and gets an answer that helps". Each clause tells more of the one before it, so that no verb
 * is left for the noun at the start.
 */

/** How sentences of a language may describe a noun. */
interface Describing {
  /** The beginning with a noun. */
  noun: RegExp;
  /** Before a word that begins a clause about a noun, or goes on with one. */
  more: RegExp;
  /** The beginning of a clause that has a subject of its own; in others the verb comes first. */
  subject: RegExp;
}

/** Only languages whose finite verbs are recognised by their form, and whose verbs do not stand last. */
const DESCRIBING: Partial<Record<LexiconLanguage, Describing>> = {
  en: {
    noun: /^(?:an?|some|every) /i,
    more: /(?<!\p{L})(?=(?:who|that|which|whose|where|and|or) )/iu,
    subject: /^\S+ (?:her|his|their|our|my|your|its|the|an?|it|s?he|they|we|you|i|this|no) /i,
  },
  fr: {
    noun: /^(?:une?|des|chaque) /i,
    more: /(?<!\p{L})(?=(?:qui|que|dont|où|et|ou) )/iu,
    subject:
      /^\S+ (?:s[ao]n?|ses|leurs?|notre|nos|m[ao]n?|mes|les?|la|une?|des|il|elle|on|nous|je) /i,
  },
  es: {
    noun: /^(?:una?|un[oa]s|cada) /i,
    more: /(?<!\p{L})(?=(?:que|quien|cuy[oa]s?|donde|y|e|o) )/iu,
    subject: /^\S+ (?:sus?|mis?|nuestr[oa]s?|el|l[ao]s?|una?|ella|él) /i,
  },
  pt: {
    noun: /^(?:uma?|umas|uns|cada) /i,
    more: /(?<!\p{L})(?=(?:que|quem|cuj[oa]s?|onde|e|ou) )/iu,
    subject: /^\S+ (?:suas?|seus?|nossas?|nossos?|meus?|minhas?|[oa]s?|uma?|el[ea]) /i,
  },
};

/** True if a sentence only describes something; false where the language does not show it. */
export function describesOnly(sentence: string, language: LexiconLanguage): boolean {
  const describing = DESCRIBING[language];
  if (!describing?.noun.test(sentence)) return false;
  const [named = '', ...clauses] = sentence.split(describing.more);
  if (clauses.length === 0 || hasCue(named, language, 'finite')) return false;
  return !clauses.some((clause) => {
    const [, , ...afterVerb] = clause.split(/\s+/);
    return describing.subject.test(clause)
      ? countCue(clause.replace(/^\S+ /, ''), language, 'finite', 2) > 1
      : hasCue(afterVerb.join(' '), language, 'finite');
  });
}
