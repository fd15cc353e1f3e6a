import type { BarrierKind } from '~/domain/community/vocabularies';
import type { DigestBarrier, DigestContent } from './content';
import type { QuotedSentence } from './content-parts';
import { mapSections } from './sections/sections';

/*
 * Where quotes stand in a digest, and what an editor may do to them. Everything here is pure:
 * content in, content out.
 */

/** Names one quote of a digest: no post is quoted twice from the same place. */
export function refOf({ postId, start }: Pick<QuotedSentence, 'postId' | 'start'>): string {
  return `${postId}:${start}`;
}

/** The content with every list of quotes put through `change`. */
function mapQuotes(
  content: DigestContent,
  change: (quotes: QuotedSentence[]) => QuotedSentence[],
): DigestContent {
  return {
    ...content,
    barriers: content.barriers.map((barrier) => ({ ...barrier, quotes: change(barrier.quotes) })),
    ...mapSections(content, change),
  };
}

/** Leaves quotes out. */
export function withoutQuotes(
  content: DigestContent,
  which: (quote: QuotedSentence) => boolean,
): DigestContent {
  return mapQuotes(content, (quotes) => quotes.filter((quote) => !which(quote)));
}

/** Puts a quote in the place of another. */
export function swapQuote(
  content: DigestContent,
  ref: string,
  other: QuotedSentence,
): DigestContent {
  return mapQuotes(content, (quotes) =>
    quotes.map((quote) => (refOf(quote) === ref ? other : quote)),
  );
}

/** Moves a quote one place up in its list; the first stays. */
export function raiseQuote(content: DigestContent, ref: string): DigestContent {
  return mapQuotes(content, (quotes) => raise(quotes, (quote) => refOf(quote) === ref));
}

/** Moves a kind of barrier one place up; the first stays. */
export function raiseBarrier(content: DigestContent, kind: BarrierKind): DigestContent {
  return { ...content, barriers: raise(content.barriers, (one) => one.kind === kind) };
}

function raise<T>(list: readonly T[], which: (item: T) => boolean): T[] {
  const at = list.findIndex(which);
  const [item, above] = [list[at], list[at - 1]];
  if (item === undefined || above === undefined) return [...list];
  return list.toSpliced(at - 1, 2, item, above);
}

/**
 * New numbers with what an editor made of the old: the order of the barriers, and of each barrier
 * that stood there already those quotes that still hold. Nothing that nobody has looked at is
 * quoted, unless a barrier is new and `fill` allows its own quotes.
 */
export function carryOver(
  fresh: DigestContent,
  edited: DigestContent,
  holds: (quote: QuotedSentence) => boolean,
  fill: boolean,
): DigestContent {
  const old = new Map(edited.barriers.map((barrier) => [barrier.kind, barrier]));
  const order = edited.barriers.map(({ kind }) => kind);
  const place = ({ kind }: DigestBarrier) => {
    const at = order.indexOf(kind);
    return at < 0 ? order.length : at;
  };
  return {
    ...fresh,
    barriers: fresh.barriers
      .map((barrier) => ({
        ...barrier,
        quotes: old.get(barrier.kind)?.quotes.filter(holds) ?? (fill ? barrier.quotes : []),
      }))
      .toSorted((a, b) => place(a) - place(b)),
    ...mapSections(edited, (quotes) => quotes.filter(holds)),
    // Of sentences that say something else now, nothing is shown: they stand by their original.
    ...(edited.machine && { machine: edited.machine }),
  };
}
