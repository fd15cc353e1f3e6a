import type { Locale } from '~/platform/i18n/locales';
import { type DigestContent, type MachineWords, quotesOf } from './content';
import { refOf } from './quote-slots';

/*
 * The approved words of a language model in a digest. Pure: content in, content out.
 */

/** What words stand for: a quote by `refOf`, or (null) a computed sentence; the original's text. */
export type Meant = Pick<MachineWords, 'quote' | 'language' | 'original'>;

function meansSame(a: Meant, b: Meant): boolean {
  return a.quote === b.quote && a.language === b.language && a.original === b.original;
}

/** What was approved in the place of some words of a digest, if anything. */
export function wordsFor({ machine }: DigestContent, meant: Meant): MachineWords | undefined {
  return machine?.find((one) => meansSame(one, meant));
}

/** Takes words up, in place of others for the same. */
export function withWords(content: DigestContent, words: MachineWords): DigestContent {
  const { machine = [] } = withoutWords(content, words);
  return { ...content, machine: [...machine, words] };
}

/** Leaves out what was approved for some words. */
export function withoutWords(content: DigestContent, meant: Meant): DigestContent {
  return keepWords(content, (one) => !meansSame(one, meant));
}

/** Leaves out translations of quotes that no longer stand in the digest. */
export function pruneWords(content: DigestContent): DigestContent {
  const refs = new Set(quotesOf(content).map(refOf));
  return keepWords(content, ({ quote }) => quote === null || refs.has(quote));
}

/** Content without any is the same as on a site that has no model, to the last byte. */
function keepWords(
  { machine = [], ...content }: DigestContent,
  keep: (words: MachineWords) => boolean,
): DigestContent {
  const kept = machine.filter(keep);
  return kept.length > 0 ? { ...content, machine: kept } : content;
}

/** Whether a quote is in a language already. */
export function isIn(tag: string, language: Locale): boolean {
  return tag.split('-')[0] === language;
}

/** A quote's text as it is set: line breaks of the contribution are blanks. */
export function asOneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
