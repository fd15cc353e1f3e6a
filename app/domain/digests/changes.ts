import { asOneLine } from '~/domain/barriers/quoting/spans';
import { type DigestContent, type NamedPoint, pointsIn, quotesOf } from './content';
import type { QuotedSentence } from './content-parts';
import { refOf } from './quote-slots';

/** The differences between a composed draft and its edited version. */
export interface Changes {
  /** Quotes that editors removed and added. */
  dropped: QuotedSentence[];
  added: QuotedSentence[];
  /** True if barriers, or the quotes of one barrier, are in a different order. */
  reordered: boolean;
}

/** Compares a digest with the originally composed content; null if nothing was changed. */
export function changesSince(drafted: DigestContent, content: DigestContent): Changes | null {
  const before = quotesOf(drafted);
  const after = quotesOf(content);
  const refsBefore = new Set(before.map(refOf));
  const refsAfter = new Set(after.map(refOf));
  const changes = {
    dropped: before.filter((quote) => !refsAfter.has(refOf(quote))),
    added: after.filter((quote) => !refsBefore.has(refOf(quote))),
    reordered:
      outOfOrder(kindsOf(drafted), kindsOf(content)) ||
      outOfOrder(before.map(refOf), after.map(refOf), kindsOf(drafted), kindsOf(content)),
  };
  const changed = changes.dropped.length > 0 || changes.added.length > 0 || changes.reordered;
  return changed ? changes : null;
}

/**
 * Returns the key points that a digest still names in the words of quotes that were left out: their title
 * or sentence was taken from that post, or stands in the quote.
 */
export function pointsInWordsOf(
  content: DigestContent,
  dropped: readonly QuotedSentence[],
): NamedPoint[] {
  const quotes = dropped.map(({ postId, text }) => ({ postId, words: bare(text) }));
  const isTaken = (text: string) =>
    bare(text).length >= SHORTEST_TAKEN && quotes.some(({ words }) => words.includes(bare(text)));
  const isSource = (id: string | undefined) => quotes.some(({ postId }) => postId === id);
  return pointsIn(content).filter(({ texts }) =>
    texts.some(
      ({ source, title, sentence }) => isSource(source) || isTaken(title) || isTaken(sentence),
    ),
  );
}

/** In UTF-16 units: a shorter text may stand in a quote by chance. */
const SHORTEST_TAKEN = 8;

/** Without what a title leaves of a sentence: its case, its spaces and the mark at its end. */
function bare(text: string): string {
  return asOneLine(text)
    .toLowerCase()
    .replace(/[.!?。！？؟।…]+$/u, '');
}

function kindsOf({ barriers }: DigestContent): string[] {
  return barriers.map(({ kind }) => kind);
}

/**
 * True if the items in both lists are in a different order. Quotes that only moved with their
 * barrier do not count, because the order of the barriers already shows that.
 */
function outOfOrder(
  before: string[],
  after: string[],
  groupsBefore: string[] = [],
  groupsAfter: string[] = [],
): boolean {
  if (groupsBefore.join() !== groupsAfter.join()) return false;
  const both = new Set(after);
  const kept = before.filter((one) => both.has(one));
  const known = new Set(before);
  return kept.join() !== after.filter((one) => known.has(one)).join();
}
