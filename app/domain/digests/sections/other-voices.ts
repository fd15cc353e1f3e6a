import type { BarrierKind } from '~/domain/community/vocabularies';
import type { DigestContent } from '~/domain/digests/content';
import type { Remark } from '~/domain/digests/contributions';
import type { Findings } from '~/domain/digests/findings';
import { reportsImprovement } from '~/domain/digests/improvements';
import type { QuotableText } from '~/domain/digests/load-texts';
import {
  type Candidate,
  type Choosing,
  chooseQuotes,
  fullness,
  ofGoodLength,
  type Placed,
  pickVaried,
  type Taken,
} from '~/domain/digests/select';
import type { Span } from '~/domain/digests/spans';
import { termsOf } from '~/domain/digests/terms';

/*
 * What stands beside the barriers of a digest: what people propose, who does not meet what others
 * do, and who speaks from where few do. Quotes again, chosen by fixed rules.
 */

const MOST_PROPOSALS = 4;
const MOST_DISAGREEMENTS = 3;
const MOST_MINORITIES = 6;
const MOST_EASED = 3;

/** What a word for the topic of a kind weighs where no trouble is told beside it. */
const DENIES_FROM = 0.5;

/**
 * Sentences that say what should be done: by their words, or because they answer one of the
 * questions that ask for it (the second to the fifth).
 */
export function chooseProposals(
  remarks: readonly (Remark & Placed)[],
  choosing: Choosing,
): DigestContent['proposals'] {
  const { texts, taken } = choosing;
  const candidates = remarks.flatMap((remark) => {
    const text = texts.get(remark.id);
    const asked = (remark.questionNumber ?? 1) > 1;
    if (!text || text.signs.reading === 'abuse') return [];
    if (!asked && text.signs.reading === 'thanks') return [];
    const { proposals } = text.signs;
    const proposing = text.sentences.filter((span) => proposals.some((one) => within(one, span)));
    const spans = proposing.length > 0 ? proposing : asked ? text.sentences : [];
    return fullest(remark, text, spans, taken, proposing.length > 0 ? 1 : 0);
  });
  return pickVaried(candidates, MOST_PROPOSALS, choosing);
}

/** Sentences that say of a kind of barrier that it has become better. */
export function chooseEased(
  contributions: readonly Placed[],
  choosing: Choosing,
): DigestContent['eased'] {
  const { texts, taken, matters } = choosing;
  const about = new Map<string, BarrierKind>();
  const candidates = contributions.flatMap((contribution) => {
    const text = texts.get(contribution.id);
    if (!text || text.signs.reading === 'abuse') return [];
    const spans = text.sentences.filter((span) => {
      if (!reportsImprovement(span, text.language)) return false;
      const [sign] = text.signs.kinds
        .filter((one) => within(one, span))
        .toSorted((a, b) => b.weight - a.weight);
      const kind = sign?.kind ?? matters.get(text.id)?.kind ?? contribution.kinds[0];
      if (kind) about.set(`${text.id}:${span.start}`, kind);
      return kind !== undefined;
    });
    return fullest(contribution, text, spans, taken);
  });
  return pickVaried(candidates, MOST_EASED, choosing).flatMap((quote) => {
    const kind = about.get(`${quote.postId}:${quote.start}`);
    return kind ? [{ about: kind, quote }] : [];
  });
}

/** Sentences that deny a kind of barrier which others raise in the same digest. */
export function chooseDisagreements(
  contributions: readonly Placed[],
  raised: readonly BarrierKind[],
  choosing: Choosing,
): DigestContent['disagreements'] {
  const { texts, taken } = choosing;
  const about = new Map<string, BarrierKind>();
  const candidates = contributions.flatMap((contribution) => {
    const text = texts.get(contribution.id);
    if (!text || text.signs.reading === 'abuse') return [];
    const denials = text.signs.kinds
      .filter(
        ({ denied, weight, kind }) => denied && weight >= DENIES_FROM && raised.includes(kind),
      )
      .toSorted((a, b) => b.weight - a.weight);
    const spans = text.sentences.filter((span) => {
      const denial = denials.find((sign) => within(sign, span));
      if (!denial || statesToo(text, span, denial.kind)) return false;
      if (reportsImprovement(span, text.language)) return false;
      about.set(`${text.id}:${span.start}`, denial.kind);
      return true;
    });
    return fullest(contribution, text, spans, taken);
  });
  return pickVaried(candidates, MOST_DISAGREEMENTS, choosing).flatMap((quote) => {
    const kind = about.get(`${quote.postId}:${quote.start}`);
    return kind ? [{ about: kind, quote }] : [];
  });
}

/** One quote from each place that few wrote from and that no barrier quotes yet. */
export function chooseMinorities(
  findings: Findings,
  contributions: readonly Placed[],
  choosing: Choosing,
): DigestContent['minorities'] {
  const { taken } = choosing;
  const { now, shown } = findings;
  if (now.places.size < 2) return [];
  const found: DigestContent['minorities'] = [];
  for (const [place, cell] of now.places) {
    if (place === null || shown.places.shown.has(place)) continue;
    if (cell.ids.some((id) => taken.has(id))) continue;
    const there = contributions.filter((one) => one.place === place);
    const kind = there[0]?.kinds[0];
    const [quote] = kind ? chooseQuotes(kind, there, choosing, 1) : [];
    if (quote) found.push({ place, quote });
    if (found.length === MOST_MINORITIES) break;
  }
  return found;
}

function statesToo({ signs }: QuotableText, span: Span, kind: BarrierKind): boolean {
  return signs.kinds.some((sign) => !sign.denied && sign.kind === kind && within(sign, span));
}

/** The sentence of a text that says most, as a candidate with what else speaks for it. */
function fullest(
  contribution: Placed,
  text: QuotableText,
  spans: Span[],
  taken: Taken,
  extra = 0,
): Candidate[] {
  const free = spans.filter(({ start }) => !taken.has(`${text.id}:${start}`));
  const [span] = ofGoodLength(free).toSorted(
    (a, b) => fullness(b) - fullness(a) || a.start - b.start,
  );
  if (!span) return [];
  const terms = termsOf(span.text, text.language);
  return [{ contribution, text, span, terms, score: fullness(span) + extra }];
}

function within(inner: { start: number; end: number }, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}
