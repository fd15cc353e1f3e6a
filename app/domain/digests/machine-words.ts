import type { Locale } from '~/platform/i18n/locales';
import { type DigestContent, type MachineWords, quotesOf } from './content';
import { refOf } from './quote-slots';

/*
 * Functions for a language model's approved words in a digest. All are pure: they take content and
 * return content.
 */

/** The original of the words: a quote by `refOf`, or (null) a computed sentence; with its text. */
export type Meant = Pick<MachineWords, 'quote' | 'language' | 'original'>;

function meansSame(a: Meant, b: Meant): boolean {
  return a.quote === b.quote && a.language === b.language && a.original === b.original;
}

/** Returns the words approved for an original, if any. */
export function wordsFor({ machine }: DigestContent, meant: Meant): MachineWords | undefined {
  return machine?.find((one) => meansSame(one, meant));
}

/** Adds words, replacing any for the same original. */
export function withWords(content: DigestContent, words: MachineWords): DigestContent {
  const { machine = [] } = withoutWords(content, words);
  return { ...content, machine: [...machine, words] };
}

/** Removes the words for an original. */
export function withoutWords(content: DigestContent, meant: Meant): DigestContent {
  return keepWords(content, (one) => !meansSame(one, meant));
}

/** Removes translations of quotes that are no longer in the digest. */
export function pruneWords(content: DigestContent): DigestContent {
  const refs = new Set(quotesOf(content).map(refOf));
  return keepWords(content, ({ quote }) => quote === null || refs.has(quote));
}

/** Without words the property is removed: the content is then as on a site without a model. */
function keepWords(
  { machine = [], ...content }: DigestContent,
  keep: (words: MachineWords) => boolean,
): DigestContent {
  const kept = machine.filter(keep);
  return kept.length > 0 ? { ...content, machine: kept } : content;
}

/** True if the text is already in the language. */
export function isIn(tag: string, language: Locale): boolean {
  return tag.split('-')[0] === language;
}
