import { signsOf, within } from '~/domain/barriers/suggest';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { plainText } from '~/platform/markdown/render';
import { segmenterFor } from '~/platform/text/segmenter';

/** A post, as far as its words can name a barrier. */
export interface Wording {
  postId: string;
  /** As it was rendered. */
  html: string;
  /** BCP 47. */
  language: string;
}

/** A sentence of a post, word for word; `title` is its beginning where it is long. */
export interface BestSentence {
  postId: string;
  title: string;
  sentence: string;
  /** BCP 47. */
  language: string;
}

/** Shorter sentences rarely say what stands in the way; in characters. */
const SHORTEST = 25;

/**
 * The sentence of some posts that states a kind of barrier most clearly, by the lexicon; among equal
 * ones the first. Null where no post has words. `title` and `sentence` are at most so long.
 */
export function bestSentence(
  posts: readonly Wording[],
  kind: BarrierKind,
  longest: { title: number; sentence: number },
): BestSentence | null {
  let best: { postId: string; text: string; language: string; score: number } | null = null;
  for (const { postId, html, language } of posts) {
    const text = plainText(html, { quotes: false });
    const signs = signsOf(text, language).kinds;
    for (const { start, end } of sentencesIn(text, language)) {
      const own = signs.filter(within({ start, end }));
      const said = own.filter((sign) => sign.kind === kind);
      const weight = said.reduce(
        (sum, sign) => sum + (sign.denied ? -sign.weight : sign.weight),
        0,
      );
      const score = weight - (end - start < SHORTEST ? 1 : 0);
      if (best && score <= best.score) continue;
      best = { postId, text: text.slice(start, end).replace(/\s+/g, ' '), language, score };
    }
  }
  if (!best) return null;
  const { postId, text, language } = best;
  const [title, sentence] = [shorten(text, longest.title), shorten(text, longest.sentence)];
  return { postId, title, sentence, language };
}

/** True if a post, as it was rendered, says a sentence of which `sentence` may be the beginning. */
export function stillSays(html: string, sentence: string): boolean {
  const text = plainText(html, { quotes: false }).replace(/\s+/g, ' ');
  return text.includes(sentence.replace(/…$/, ''));
}

function* sentencesIn(text: string, language: string): Generator<{ start: number; end: number }> {
  for (const { segment, index } of segmenterFor(language, 'sentence').segment(text)) {
    const before = segment.length - segment.trimStart().length;
    const sentence = segment.trim();
    if (sentence) yield { start: index + before, end: index + before + sentence.length };
  }
}

/** Cut between words, with an ellipsis. */
function shorten(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest - 1);
  const space = cut.lastIndexOf(' ');
  return `${(space > longest / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:.–—-]+$/u, '')}…`;
}
