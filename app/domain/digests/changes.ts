import { type DigestContent, quotesOf } from './content';
import type { QuotedSentence } from './content-parts';
import { refOf } from './quote-slots';

/** What editors made of a draft. */
export interface Changes {
  /** Quotes that were taken out, and that were put in. */
  dropped: QuotedSentence[];
  added: QuotedSentence[];
  /** Whether barriers, or the quotes of one, stand in another order. */
  reordered: boolean;
}

/** Compares a digest with what was composed at first; null where nothing was changed. */
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

function kindsOf({ barriers }: DigestContent): string[] {
  return barriers.map(({ kind }) => kind);
}

/**
 * Whether what both lists have stands in another order. Quotes that only moved along with their
 * barrier are told by the barriers' order already.
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
