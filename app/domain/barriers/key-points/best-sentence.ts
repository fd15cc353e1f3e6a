import type { KindsInTexts } from '~/domain/barriers/kinds-in-texts';
import { readText, type Standing, standsAlone } from '~/domain/barriers/quoting/quote-rules';
import { asOneLine } from '~/domain/barriers/quoting/spans';
import { within } from '~/domain/barriers/suggest';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { plainText } from '~/platform/markdown/plain-text';
import { lettersSaid } from '~/platform/text/visible';

/** A post, as far as its words can name a barrier. */
export interface Wording {
  postId: string;
  /** Markdown, and as it was rendered. */
  body: string;
  html: string;
  /** BCP 47. */
  language: string;
  /** ISO 3166-1 alpha-2, where its author is; null where that is not known. */
  country: string | null;
}

/** A sentence of a post, word for word; it is title and sentence of a key point. */
export interface BestSentence {
  postId: string;
  /** Without the full stop: pages go on after a title. */
  title: string;
  sentence: string;
  /** BCP 47. */
  language: string;
}

/** Shorter sentences rarely say what stands in the way; in letters of an alphabet. */
const SHORTEST = 25;

/**
 * The sentence of some posts that states a kind of barrier most clearly, by the words of `site`, among
 * those that may be quoted alone; of equal ones the first. A title is read without its post: what leans on
 * a neighbour, is no whole sentence or is longer than `longest` characters names nothing. Null where no
 * sentence is left.
 */
export function bestSentence(
  posts: readonly Wording[],
  kind: BarrierKind,
  longest: number,
  site: KindsInTexts,
): BestSentence | null {
  const offered = posts.flatMap(({ postId, country, ...post }) => {
    const text = readText(post, site);
    const standing: Standing = { kind, named: [kind], country, as: 'title' };
    return text.sentences.flatMap((span, at) => {
      const words = asOneLine(span.text);
      if (words.length > longest) return [];
      const said = text.signs.kinds.filter((sign) => sign.kind === kind && within(span)(sign));
      const weight = said.reduce(
        (sum, sign) => sum + (sign.denied ? -sign.weight : sign.weight),
        0,
      );
      const score = weight - (lettersSaid(words) < SHORTEST ? 1 : 0);
      const stands = () => standsAlone(text, { ...span, from: at, to: at + 1 }, standing);
      return [{ postId, words, language: post.language, score, stands }];
    });
  });
  const best = offered.sort((a, b) => b.score - a.score).find(({ stands }) => stands());
  if (!best) return null;
  const { postId, words, language } = best;
  return { postId, title: words.replace(/(?<![.…])[.。।]$/u, ''), sentence: words, language };
}

/** True if a post, as it was rendered, says a sentence of which `sentence` may be the beginning. */
export function stillSays(html: string, sentence: string): boolean {
  const text = plainText(html, { quotes: false }).replace(/\s+/g, ' ');
  return text.includes(sentence.replace(/…$/, ''));
}
