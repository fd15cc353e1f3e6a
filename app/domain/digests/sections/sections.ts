import { setImmediate as breathe } from 'node:timers/promises';
import { deniedKind } from '~/domain/barriers/denials';
import { reportsImprovement } from '~/domain/barriers/improvements';
import type { Standing } from '~/domain/barriers/quoting/quote-rules';
import type { Sentence } from '~/domain/barriers/quoting/spans';
import { within } from '~/domain/barriers/suggest';
import type { BarrierKind } from '~/domain/community/vocabularies';
import type { ComputedSentence, QuotedSentence } from '~/domain/digests/content-parts';
import type { QuotableText } from '~/domain/digests/load-texts';
import {
  bestOfEach,
  type Candidate,
  type Choosing,
  chooseQuotes,
  fullness,
  ofGoodLength,
  type Placed,
  pickVaried,
  quotedFor,
  worthReading,
} from '~/domain/digests/select';
import { carriedStatement, stillStatement } from '~/domain/digests/statements';
import { termsOf } from '~/domain/digests/terms';
import {
  type Choice,
  type Composing,
  type Offering,
  plainQuotes,
  quotesByKind,
  quotesByPlace,
  quotesWithStatements,
  type Section,
  type Voice,
} from './section';

/*
 * The sections besides the barriers: proposals, people who do not face a reported barrier, and
 * voices from places with few posts. All are quotes, chosen by fixed rules.
 */

/** Maximum number of quotes per section. */
const MOST = { eased: 3, disagreements: 3, minorities: 6, proposals: 4, carried: 4 };

/** Number of alternatives offered to an editor. */
export const MOST_OFFERED = 6;

/** In the order in which they choose their quotes and appear in every format. */
const SECTIONS = {
  /** Reported improvements. */
  eased: quotesByKind({
    title: 'digests.page.eased',
    intro: 'digests.page.easedText',
    row: 'eased',
    first: true,
    choose: easedWithOthers,
    instead: bySameRule(chooseEased),
  }),
  /** People who do not face a kind of barrier, reported or not. */
  disagreements: quotesByKind({
    title: 'digests.page.disagreements',
    intro: 'digests.page.disagreementsText',
    row: 'disagreement',
    choose: chooseDisagreements,
    instead: bySameRule(chooseDisagreements),
  }),
  /** One quote from each place with few posts that is not quoted above. */
  minorities: quotesByPlace({
    title: 'digests.page.minorities',
    intro: 'digests.page.minoritiesText',
    row: 'minority',
    choose: chooseMinorities,
    instead: fromSamePlace,
  }),
  /** Proposals for what should be done. */
  proposals: plainQuotes({
    title: 'digests.page.proposals',
    row: 'proposal',
    choose: chooseProposals,
    instead: bySameRule((from) => chooseProposals(from).map((quote) => ({ quote }))),
  }),
  /** From previous periods that had too few people for a digest. */
  carried: quotesWithStatements({
    title: 'digests.page.carried',
    row: 'carried',
    choose: carryOver,
  }),
};

type Sections = typeof SECTIONS;

/** The stored content of all sections. */
export type SectionContents = {
  [Key in keyof Sections]: Sections[Key] extends Section<infer Stored> ? Stored : never;
};

/** The schemas of the stored content, one property per section. */
export const sectionSchemas = Object.fromEntries(
  Object.entries(SECTIONS).map(([key, { schema }]) => [key, schema]),
) as unknown as { [Key in keyof Sections]: Sections[Key]['schema'] };

/** Returns the sections of a digest with their stored content. */
export function sectionsOf(content: SectionContents) {
  const keys = Object.keys(SECTIONS) as (keyof Sections)[];
  return keys.map((key) => ({
    key,
    section: SECTIONS[key] as Section<unknown>,
    stored: content[key] as unknown,
  }));
}

/** Composes the sections that choose their quotes before the barriers do, or those after them. */
export async function chooseSections(
  from: Composing,
  when: 'before' | 'after',
): Promise<Partial<SectionContents>> {
  const chosen: Record<string, unknown> = {};
  for (const [key, section] of Object.entries(SECTIONS as Record<string, Section<unknown>>)) {
    if ((section.first ?? false) !== (when === 'before')) continue;
    await breathe();
    chosen[key] = section.choose(from);
  }
  return chosen as Partial<SectionContents>;
}

/** Applies `change` to every list of quotes in the sections. */
export function mapSections(
  content: SectionContents,
  change: (quotes: QuotedSentence[]) => QuotedSentence[],
): SectionContents {
  const changed = sectionsOf(content).map(({ key, section, stored }) => [
    key,
    section.withQuotes(stored, change),
  ]);
  return Object.fromEntries(changed) as SectionContents;
}

/** Returns the quotes of all sections in order. */
export function quotesBeside(content: SectionContents): QuotedSentence[] {
  return sectionsOf(content).flatMap(({ section, stored }) =>
    section.voices(stored).map(({ quote }) => quote),
  );
}

/** Returns the computed sentences of all sections. */
export function statementsBeside(content: SectionContents): ComputedSentence[] {
  return sectionsOf(content).flatMap(({ section, stored }) => section.statements(stored));
}

/** Returns alternatives about the same subject, chosen by the section's own rule. */
function bySameRule(
  choose: (from: Choice) => readonly { about?: BarrierKind; quote: QuotedSentence }[],
) {
  return async (voice: Voice, { contributions, remarks, read }: Offering) => {
    const kinds = voice.about ? [voice.about] : [];
    const readable = worthReading(contributions);
    const aside = worthReading(remarks);
    const choosing = await read([...readable, ...aside]);
    return choose({ contributions: readable, remarks: aside, kinds, choosing })
      .filter(({ about = null }) => about === voice.about)
      .map(({ quote }) => quote);
  };
}

/**
 * Chooses sentences that say what should be done: by their words, or because they answer a question
 * that asks for it (the third to the fifth; the second asks for what there is).
 */
function chooseProposals({ remarks, choosing }: Choice): QuotedSentence[] {
  const { texts } = choosing;
  const candidates = remarks.flatMap((remark) => {
    const text = texts.get(remark.id);
    const asked = (remark.questionNumber ?? 1) > 2;
    if (!text || text.signs.reading === 'abuse') return [];
    if (!asked && text.signs.reading === 'thanks') return [];
    const { proposals } = text.signs;
    const proposing = text.sentences.filter((span) => proposals.some(within(span)));
    const spans = proposing.length > 0 ? proposing : asked ? text.sentences : [];
    const extra = proposing.length > 0 ? 1 : 0;
    return fullest(remark, text, spans, choosing, standingOf(remark), extra);
  });
  return pickVaried(candidates, MOST.proposals, choosing);
}

/** Chooses sentences that report an improvement about a kind of barrier. */
function chooseEased({ contributions, remarks, choosing }: Choice) {
  const { texts } = choosing;
  const about = new Map<string, BarrierKind>();
  const candidates = [...contributions, ...remarks].flatMap((contribution) => {
    const text = texts.get(contribution.id);
    if (!text || text.signs.reading === 'abuse') return [];
    const spans = text.sentences.filter((span) => reportsImprovement(span, text.language));
    const standing = { ...standingOf(contribution), as: 'improves' as const };
    return fullest(contribution, text, spans, choosing, standing).filter(({ span }) => {
      const kind = kindEased(text, spans.filter(within(span)));
      if (kind) about.set(`${text.id}:${span.start}`, kind);
      return kind !== null;
    });
  });
  return pickVaried(candidates, MOST.eased, choosing).flatMap((quote) => {
    const kind = about.get(`${quote.postId}:${quote.start}`);
    return kind ? [{ about: kind, quote }] : [];
  });
}

/** Which barrier eases is told by the sentences that say so, and by nothing else. */
function kindEased({ signs }: QuotableText, saying: readonly Sentence[]): BarrierKind | null {
  const [sign] = signs.kinds
    .filter((one) => saying.some((sentence) => within(sentence)(one)))
    .toSorted((a, b) => b.weight - a.weight);
  return sign?.kind ?? null;
}

/** Whether a post says of a kind of barrier that it got better. */
export function saysItEases(text: QuotableText, kind: BarrierKind): boolean {
  const saying = text.sentences.filter((span) => reportsImprovement(span, text.language));
  return kindEased(text, saying) === kind;
}

/**
 * Adds to what is said to ease how many others still face it, where a person confirmed that the post
 * reports the same barrier as theirs.
 */
function easedWithOthers(from: Composing) {
  const eased = chooseEased(from);
  return eased.map(({ about, quote }) => {
    // Whoever has two barriers may say of the other one that it got better.
    const point = from.points.find(({ kind, ids }) => kind === about && ids.includes(quote.postId));
    if (!point) return { about, quote };
    const of = eased.filter(
      (one) => one.about === point.kind && point.ids.includes(one.quote.postId),
    );
    const still = stillStatement(point, new Set(of.map((one) => one.quote.author)).size);
    return { about, quote: { ...quote, context: still ? [still] : [] } };
  });
}

/** Chooses sentences that deny a kind of barrier: evidence also where nobody reports it. */
function chooseDisagreements({ contributions, remarks, kinds, choosing }: Choice) {
  const { texts } = choosing;
  const about = new Map<string, BarrierKind>();
  const candidates = [...contributions, ...remarks].flatMap((contribution) => {
    const text = texts.get(contribution.id);
    if (!text || text.signs.reading === 'abuse') return [];
    const denied = text.sentences.map((span) => ({ span, kind: deniedKind(text, span) }));
    return kinds.flatMap((kind) => {
      const spans = denied.filter((one) => one.kind === kind).map(({ span }) => span);
      const standing = { ...standingOf(contribution), kind, as: 'denies' as const };
      const found = fullest(contribution, text, spans, choosing, standing);
      for (const { span } of found) about.set(`${text.id}:${span.start}`, kind);
      return found;
    });
  });
  return pickVaried(candidates, MOST.disagreements, choosing).flatMap((quote) => {
    const kind = about.get(`${quote.postId}:${quote.start}`);
    return kind ? [{ about: kind, quote }] : [];
  });
}

/** One quote from each place that few wrote from and that nothing quotes yet. */
function chooseMinorities({ findings, contributions, choosing }: Composing) {
  const { taken } = choosing;
  const { now, minAuthors } = findings;
  if (now.places.size < 2) return [];
  const found: { place: string; quote: QuotedSentence }[] = [];
  for (const [place, cell] of now.places) {
    if (place === null || cell.people >= minAuthors) continue;
    if (cell.ids.some((id) => taken.has(id))) continue;
    const there = contributions.filter((one) => one.place === place);
    const kind = there[0]?.kinds[0];
    const [quote] = kind ? chooseQuotes(kind, there, choosing, 1) : [];
    if (quote) found.push({ place, quote });
    if (found.length === MOST.minorities) break;
  }
  return found;
}

/** Returns other possible quotes from the same place. */
async function fromSamePlace({ place }: Voice, { contributions, read }: Offering) {
  const there = contributions.filter((one) => one.place === place);
  const kind = there[0]?.kinds[0];
  if (!kind) return [];
  const readable = worthReading(there);
  return chooseQuotes(kind, readable, await read(readable), MOST_OFFERED);
}

function carryOver({ findings, carriedOver, choosing }: Composing) {
  const candidates = worthReading(carriedOver).flatMap((one) =>
    one.kinds.slice(0, 1).flatMap((kind) => bestOfEach(kind, [one], choosing)),
  );
  const quotes = pickVaried(candidates, MOST.carried, choosing);
  if (quotes.length === 0) return null;
  return { statements: [carriedStatement(findings, carriedOver)], quotes };
}

/** What a quote of somebody is to stand for where no kind of barrier is asked for. */
function standingOf({ kinds, country }: Placed): Standing {
  return { kind: null, named: kinds, country };
}

/** Returns the longest useful sentence of a text that stands, with the score it adds up to. */
function fullest(
  contribution: Placed,
  text: QuotableText,
  spans: Sentence[],
  choosing: Choosing,
  standing: Standing,
  extra = 0,
): Candidate[] {
  const free = spans.filter(({ start }) => !choosing.taken.has(`${text.id}:${start}`));
  const byFullness = ofGoodLength(free).toSorted(
    (a, b) => fullness(b) - fullness(a) || a.start - b.start,
  );
  for (const sentence of byFullness) {
    const span = quotedFor(text, sentence, standing, choosing);
    if (!span) continue;
    const terms = termsOf(sentence.text, text.language);
    return [{ contribution, text, span, terms, score: fullness(sentence) + extra }];
  }
  return [];
}
