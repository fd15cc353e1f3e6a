import type { BarrierKind } from '~/domain/community/vocabularies';
import { type DigestBarrier, type DigestContent, digestContent } from './content';
import type { QuotedSentence } from './content-parts';
import { mapSections, sectionsOf } from './sections/sections';

/*
 * The positions of quotes in a digest, and how editors can change them. All functions are pure:
 * they take content and return content.
 */

/** Returns the identifier of a quote; unique, because no text of a post is quoted twice. */
export function refOf({ postId, start }: Pick<QuotedSentence, 'postId' | 'start'>): string {
  return `${postId}:${start}`;
}

/** Returns the id of a quote's place on the page of its draft. */
export function quoteAnchor(ref: string): string {
  return `q-${ref.replace(':', '-')}`;
}

/** Applies `change` to every list of quotes. */
function mapQuotes(
  content: DigestContent,
  change: (quotes: QuotedSentence[]) => QuotedSentence[],
): DigestContent {
  return {
    ...content,
    findings: content.findings.map((one) => ({ ...one, quotes: change(one.quotes) })),
    barriers: content.barriers.map((barrier) => ({ ...barrier, quotes: change(barrier.quotes) })),
    ...mapSections(content, change),
  };
}

/** A quote with its place: the list that it stands in, its position there, and its entry. */
export interface Slot {
  quote: QuotedSentence;
  /** `findings:ID`, `barriers:compute`, or the name of a section. */
  list: string;
  at: number;
  item: unknown;
}

/** Returns the place of a quote; null if the content does not have it. */
export function slotOf(content: DigestContent, ref: string): Slot | null {
  for (const [list, items] of listsOf(content)) {
    for (const [at, item] of items.entries()) {
      const quote = quoteIn(item);
      if (refOf(quote) === ref) return { quote, list, at, item };
    }
  }
  return null;
}

/** Puts a quote back to where it stood; nothing changes if its list is gone or has it again. */
export function putBack(content: DigestContent, { list, at, item }: Omit<Slot, 'quote'>) {
  const copy = structuredClone(content);
  const items = new Map(listsOf(copy)).get(list);
  const ref = refOf(quoteIn(item));
  if (!items || slotOf(content, ref)) return content;
  items.splice(Math.min(at, items.length), 0, item);
  return digestContent.parse(copy);
}

/** The lists of a digest's quotes by name. Their entries are quotes, or have one. */
function listsOf(content: DigestContent): [name: string, items: unknown[]][] {
  const sections = sectionsOf(content).flatMap(({ key, stored }): [string, unknown[]][] => {
    const items = Array.isArray(stored) ? stored : (stored as { quotes: unknown[] } | null)?.quotes;
    return items ? [[key, items]] : [];
  });
  return [
    ...content.findings.map(({ keyPoint, quotes }): [string, unknown[]] => [
      `findings:${keyPoint}`,
      quotes,
    ]),
    ...content.barriers.map(({ kind, quotes }): [string, unknown[]] => [
      `barriers:${kind}`,
      quotes,
    ]),
    ...sections,
  ];
}

function quoteIn(item: unknown): QuotedSentence {
  const entry = item as QuotedSentence | { quote: QuotedSentence };
  return 'quote' in entry ? entry.quote : entry;
}

/** Removes quotes. */
export function withoutQuotes(
  content: DigestContent,
  which: (quote: QuotedSentence) => boolean,
): DigestContent {
  return mapQuotes(content, (quotes) => quotes.filter((quote) => !which(quote)));
}

/** Changes one quote; nothing changes if the content does not have it. */
export function changeQuote(
  content: DigestContent,
  ref: string,
  change: (quote: QuotedSentence) => QuotedSentence,
): DigestContent {
  return mapQuotes(content, (quotes) =>
    quotes.map((quote) => (refOf(quote) === ref ? change(quote) : quote)),
  );
}

/** Changes all quotes of some kind. */
export function changeQuotes(
  content: DigestContent,
  which: (quote: QuotedSentence) => boolean,
  change: (quote: QuotedSentence) => QuotedSentence,
): DigestContent {
  return mapQuotes(content, (quotes) =>
    quotes.map((quote) => (which(quote) ? change(quote) : quote)),
  );
}

/** Moves a quote one position up in its list; the first stays. */
export function raiseQuote(content: DigestContent, ref: string): DigestContent {
  return mapQuotes(content, (quotes) => raise(quotes, (quote) => refOf(quote) === ref));
}

/** Moves a kind of barrier one position up; the first stays. */
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
 * Combines new numbers with an editor's changes: the order of the barriers and, for barriers that
 * were already in the draft, the quotes that are still valid. Quotes that nobody has reviewed are
 * not added, unless a barrier is new and `fill` allows its own quotes.
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
  const points = new Map(edited.findings.map((one) => [one.keyPoint, one]));
  return {
    ...fresh,
    findings: fresh.findings.map((one) => ({
      ...one,
      quotes: points.get(one.keyPoint)?.quotes.filter(holds) ?? (fill ? one.quotes : []),
    })),
    barriers: fresh.barriers
      .map((barrier) => ({
        ...barrier,
        quotes: old.get(barrier.kind)?.quotes.filter(holds) ?? (fill ? barrier.quotes : []),
      }))
      .toSorted((a, b) => place(a) - place(b)),
    ...mapSections(edited, (quotes) => quotes.filter(holds)),
    // Words are kept with their original text, so they are not shown if a sentence has changed.
    ...(edited.machine && { machine: edited.machine }),
  };
}
