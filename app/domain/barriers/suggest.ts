import type { BarrierKind, Pillar } from '~/domain/community/vocabularies';
import type { OwnCueWords } from '~/platform/community/community';
import learned from '~db/seed/lexicon/kinds.json';
import {
  type Cue,
  LEARNED_KINDS,
  type LexiconLanguage,
  languageOf,
  type Meaning,
  phrasesOf,
  type Strength,
} from './lexicon';
import type { Found } from './phrases';
import { ownWords } from './strip-quotes';
import { sentencesOf, type Token } from './tokens';

/** The position of evidence in the text: UTF-16 offsets, `end` exclusive. */
export interface TextSpan {
  start: number;
  end: number;
}

/** Returns whether a span lies within this one. */
export function within({ start, end }: TextSpan) {
  return (one: TextSpan) => one.start >= start && one.end <= end;
}

export interface SuggestedKind {
  kind: BarrierKind;
  /** From 0 to 1; for ranking only, not a probability. */
  score: number;
  /** The evidence, in text order; spans do not overlap. */
  spans: TextSpan[];
}

export interface SuggestedPillar {
  pillar: Pillar;
  score: number;
}

/** The type of a text: it reports a barrier, or the reason why not. */
export type Reading = 'barrier' | 'denied' | 'thanks' | 'proposal' | 'abuse' | 'nothing';

export interface Suggestion {
  /** True if the text seems to report a barrier. If not, `kinds` and `pillars` are empty. */
  raises: boolean;
  reading: Reading;
  /** The detected language; null if it is none of the ten. */
  language: LexiconLanguage | null;
  /** Most likely first. */
  kinds: SuggestedKind[];
  pillars: SuggestedPillar[];
}

const WEIGHTS: Record<Strength, number> = { barrier: 3, topic: 2, hint: 1 };

/** The weight of a phrase that states a barrier by itself. */
export const STATES_ALONE = WEIGHTS.barrier;

/** Weight of a topic whose problem is stated in the sentence before or after, or nowhere near. */
const PROBLEM_NEARBY = 0.8;
const NO_PROBLEM = 0.5;
const RELIEVED = 0.3;
const PROPOSED = 0.5;
/** Weight of a kind that the text denies anywhere. */
const DENIED = 0.25;
/** Weight of a repeated phrase. */
const REPEATED = 0.25;

/** For a report: the minimum score, that of a kind, and a kind's share of the highest score. */
const RAISES_FROM = 1.5;
const KIND_FROM = 1;
const SHARE_OF_HIGHEST = 0.5;
const MOST_KINDS = 3;
/** Minimum score if the text also thanks or proposes, or insults or advertises. */
const RAISES_BESIDE_KINDNESS = 4;
const RAISES_BESIDE_ABUSE = 6;

/** What stands after the last word of a question, perhaps after a quotation mark or a space. */
const QUESTION = /^[\s"'”’»)]*[?？؟]/;
const QUESTION_WITHIN = 3;

/** Range of a denial in words. */
const DENIES_NEXT_WORDS = 12;
const DENIES_NEAR_WORDS = 4;
const DENIES_LAST_WORDS = 8;

/** The pillars of each kind of barrier, with their weights. */
const PILLARS_OF: ReadonlyMap<BarrierKind, Partial<Record<Pillar, number>>> = new Map(
  learned.kinds.map(({ slug, pillars }) => [slug, pillars]),
);
const PILLAR_SHARE = 0.6;

/**
 * Suggests the kinds of barrier and the pillars of a contribution from its Markdown alone; works
 * offline and deterministically. Supports English, French, Spanish, Portuguese, Arabic, Swahili,
 * Hindi, Indonesian, Chinese and Russian; in other languages it finds little except English terms.
 * Quotations, code, URLs and anything the author denies do not count.
 *
 * @param language the declared BCP 47 tag of the text; the text itself may override it.
 *
 * The method is a lexicon (db/seed/lexicon) of phrases by kind and strength; a topic counts in full
 * only if the same sentence states a problem. docs/decisions has the measured quality.
 */
export function suggestBarriers(text: string, language = ''): Suggestion {
  const words = ownWords(text);
  const sentences = sentencesOf(words);
  const main = languageOf(sentences, language);
  const read = readSentences(words, sentences, main);
  const kinds = rankKinds(read);
  const reading = readingOf(read, kinds);
  if (reading !== 'barrier') {
    return { raises: false, reading, language: main, kinds: [], pillars: [] };
  }
  return { raises: true, reading, language: main, kinds, pillars: rankPillars(kinds) };
}

/** All evidence found in a text, in addition to the suggestions. */
export interface Signs {
  reading: Reading;
  kinds: Sign[];
  /** Sentences that propose something. */
  proposals: TextSpan[];
  /** Sentences that say that something is lacking, fails or is excessive. */
  problems: TextSpan[];
  /** The words in these sentences that say so. */
  troubles: TextSpan[];
  /** Other cues that the lexicon found in the text. */
  cues: ReadonlySet<Cue>;
  /** The detected language; null if it is none of the ten. */
  language: LexiconLanguage | null;
}

/** Evidence in a text for or against a kind. */
export interface Sign extends TextSpan {
  kind: BarrierKind;
  /** Weight from 0; a phrase that states a barrier by itself has 3. */
  weight: number;
  /** True if the text denies it, and nothing takes that back: "no card works" denies nothing. */
  denied: boolean;
}

/**
 * Returns all evidence for kinds of barriers and all proposals in a text, in text order, even if it
 * is not enough for a suggestion; offsets and language as in `suggestBarriers`.
 *
 * @param own the cue words that the site has changed
 */
export function signsOf(text: string, language = '', own?: OwnCueWords): Signs {
  const words = ownWords(text);
  const sentences = sentencesOf(words);
  const main = languageOf(sentences, language);
  const read = readSentences(words, sentences, main, own);
  const withCue = (cue: Cue) =>
    read.flatMap(({ cues }, at) => {
      const tokens = sentences[at] ?? [];
      const [first, last] = [tokens[0], tokens.at(-1)];
      return cues.has(cue) && first && last ? [{ start: first.start, end: last.end }] : [];
    });
  return {
    reading: readingOf(read, rankKinds(read)),
    kinds: read.flatMap(({ evidence }) => evidence),
    proposals: withCue('proposal'),
    problems: withCue('problem'),
    troubles: read.flatMap(({ troubles }) => troubles),
    cues: new Set(read.flatMap(({ cues }) => [...cues])),
    language: main,
  };
}

/** English terms occur in texts of many languages; other lexicons of Latin script would mislead. */
function lexiconsFor(main: LexiconLanguage | null): LexiconLanguage[] {
  if (main === null || main === 'en') return ['en'];
  return ['ar', 'hi', 'ru', 'sw', 'zh'].includes(main) ? [main, 'en'] : [main];
}

/** A phrase for a kind, as found in a sentence. */
interface Evidence extends TextSpan {
  phrase: string;
  kind: BarrierKind;
  weight: number;
  denied: boolean;
}

interface ReadSentence {
  cues: Set<Cue>;
  evidence: Evidence[];
  troubles: TextSpan[];
}

function readSentences(
  text: string,
  sentences: readonly Token[][],
  main: LexiconLanguage | null,
  own?: OwnCueWords,
): ReadSentence[] {
  const lexicons = lexiconsFor(main).map((language) => phrasesOf(language, own));
  const found = sentences.map((sentence) =>
    withoutLookalikes(lexicons.flatMap((lexicon) => lexicon.find(sentence))),
  );
  const troubled = found.map((list) => list.some(({ phrase }) => phrase.meaning.cue === 'problem'));
  return sentences.map((sentence, at) => {
    const nearby = troubled[at - 1] || troubled[at + 1] ? PROBLEM_NEARBY : NO_PROBLEM;
    const end = sentence.at(-1)?.end ?? 0;
    const asks = QUESTION.test(text.slice(end, end + QUESTION_WITHIN));
    return readSentence(sentence, found[at] ?? [], troubled[at] ? 1 : nearby, asks);
  });
}

/** Leaves out phrases that are only a part of what looks like one: "too" in the Chinese word for sun. */
function withoutLookalikes(found: Found<Meaning>[]): Found<Meaning>[] {
  const lookalikes = found.filter(({ phrase }) => phrase.meaning.cue === 'ignore');
  if (lookalikes.length === 0) return found;
  return found.filter(({ from, to }) =>
    lookalikes.every(
      (other) => from < other.from || from >= other.to || (from === other.from && to >= other.to),
    ),
  );
}

function readSentence(
  sentence: readonly Token[],
  found: Found<Meaning>[],
  problem: number,
  asks: boolean,
): ReadSentence {
  const cues = new Set(found.flatMap(({ phrase }) => phrase.meaning.cue ?? []));
  // "Is the price not a problem?" denies nothing.
  const all = asks ? [] : [...found, ...deniedTroubles(sentence, found)];
  const denied = deniedWords(
    sentence,
    all.filter((one) => !deniesNothing(one, sentence, found)),
  );
  let factor = 1;
  if (cues.has('relief')) factor *= RELIEVED;
  if (cues.has('proposal')) factor *= PROPOSED;

  const evidence: Evidence[] = [];
  const troubles: TextSpan[] = [];
  for (const { phrase, from, to } of found) {
    const { cue, kind } = phrase.meaning;
    const first = sentence[from];
    const last = sentence[to - 1];
    if (!first || !last) continue;
    const span = { start: first.start, end: last.end };
    if (cue === 'problem') troubles.push(span);
    if (!kind) continue;
    const { strength } = phrase.meaning;
    evidence.push({
      phrase: phrase.text,
      kind,
      weight: WEIGHTS[strength] * factor * (strength === 'barrier' ? 1 : problem),
      denied: denied[from] === true,
      ...span,
    });
  }
  return { cues, evidence: withoutOverlaps(evidence), troubles };
}

/** Marks the words of a sentence that are covered by phrases of a cue or kind. */
function coverage(
  sentence: readonly Token[],
  found: readonly Found<Meaning>[],
  wanted: (cue: Cue | undefined, kind: BarrierKind | undefined) => boolean,
): boolean[] {
  const covered = sentence.map(() => false);
  for (const { phrase, from, to } of found) {
    if (wanted(phrase.meaning.cue, phrase.meaning.kind)) covered.fill(true, from, to);
  }
  return covered;
}

/** Marks the words of a sentence that a denial applies to; a "but" ends its range. */
function deniedWords(sentence: readonly Token[], found: Found<Meaning>[]): boolean[] {
  const denied = sentence.map(() => false);
  const turns = coverage(sentence, found, (cue) => cue === 'but');
  for (const { phrase, from, to } of found) {
    const { cue } = phrase.meaning;
    // "The price, not the network": after a verb, the same words say that something fails.
    const elliptic = cue === 'deniesAfterPause' && (from === 0 || sentence[from]?.afterPause);
    if (cue === 'deniesNext' || cue === 'deniesNear' || elliptic) {
      const near = cue !== 'deniesNext';
      const end = Math.min(sentence.length, to + (near ? DENIES_NEAR_WORDS : DENIES_NEXT_WORDS));
      for (let at = from; at < end; at++) {
        if (at >= to && (turns[at] || (near && sentence[at]?.afterPause))) break;
        denied[at] = true;
      }
    }
    if (cue === 'deniesLast') {
      denied.fill(true, from, to);
      const start = Math.max(0, from - DENIES_LAST_WORDS);
      for (let at = from - 1; at >= start && !turns[at]; at--) denied[at] = true;
    }
  }
  return denied;
}

/** Range in words within which a "no" or an "only" belongs to a phrase. */
const BESIDE = 2;

/**
 * Finds "is not a problem", "no trouble with" and the like by their parts: a "no", the name of a trouble,
 * and between them only words that say nothing else, or what is denied ("no power problems"). "Not the
 * only problem" and "no small problem" deny nothing.
 *
 * @returns denials of what follows ("no problem with …"), or else of what stands before
 */
function deniedTroubles(
  sentence: readonly Token[],
  found: readonly Found<Meaning>[],
): Found<Meaning>[] {
  const withCue = (wanted: Cue) => found.filter(({ phrase }) => phrase.meaning.cue === wanted);
  const between = coverage(sentence, found, (cue) => cue === 'between');
  const named = coverage(sentence, found, (_, kind) => kind !== undefined);
  const lessened = coverage(sentence, found, (cue) => cue === 'lessens');
  const leadsOn = coverage(sentence, found, (cue) => cue === 'of');
  const speaksOf = (start: number, end: number) =>
    found.some(({ phrase, from }) => phrase.meaning.kind && from >= start && from < end);
  const joined = (start: number, end: number) =>
    !sentence.slice(start + 1, end + 1).some(({ afterPause }) => afterPause);

  return withCue('trouble').flatMap(({ phrase, from: at, to }) => {
    // "No training is a problem" denies none: what is denied stands right before the trouble.
    const start = named.lastIndexOf(false, at - 1) + 1;
    const no = withCue('negates').find(
      (one) =>
        one.to <= at && between.slice(one.to, start).every(Boolean) && joined(one.to - 1, to - 1),
    );
    if (!no) return [];
    const { from } = no;
    const next = joined(to - 1, to);
    if (lessened.slice(from, next ? to + 1 : to).includes(true)) return [];
    const lead = next ? leadsOn.indexOf(true, to) : -1;
    // "No problem for us, the licence is": what follows a pause is another thought.
    const pause = sentence.findIndex(({ afterPause }, word) => word > lead && afterPause);
    const end = Math.min(pause < 0 ? sentence.length : pause, lead + 1 + DENIES_NEXT_WORDS);
    const leads = lead >= to && lead < to + BESIDE && speaksOf(lead + 1, end);
    const isNext = leads || !speaksOf(Math.max(0, from - DENIES_LAST_WORDS), to);
    const meaning = { cue: isNext ? 'deniesNext' : 'deniesLast' } as const;
    return [{ phrase: { ...phrase, meaning }, from, to: leads ? lead + 1 : to }];
  });
}

/**
 * Whether a phrase that would deny does not: it says that all is well, beside a "no" ("no card works");
 * its bounds are told with it ("works only inside Ghana", "is no problem if you have dollars", "not the
 * price alone"); or the author does not say so ("nobody says that …").
 */
function deniesNothing(
  { phrase, from, to }: Found<Meaning>,
  sentence: readonly Token[],
  found: readonly Found<Meaning>[],
): boolean {
  const { cue } = phrase.meaning;
  if (!cue?.startsWith('denies')) return false;
  const near = (start: number, end: number) =>
    !sentence.slice(start + 1, end + 1).some(({ afterPause }) => afterPause);
  const withCue = (wanted: Cue) => found.filter(({ phrase }) => phrase.meaning.cue === wanted);
  if (withCue('doubts').some((doubt) => doubt.to <= from)) return true;
  const lessens = withCue('lessens');
  const meant = found.filter((one) => one.phrase.meaning.kind);
  if (cue === 'deniesLast') {
    const before = meant.filter((one) => one.to <= from && one.from >= from - DENIES_LAST_WORDS);
    const bounds = [from, ...before.map((one) => one.from)];
    if (lessens.some((one) => bounds.includes(one.to) && near(one.from, one.to))) return true;
  } else {
    const after = meant.filter((one) => one.from >= to && one.from < to + DENIES_NEXT_WORDS);
    const bounds = [to, ...after.map((one) => one.to)];
    if (lessens.some((one) => bounds.includes(one.from) && near(one.from - 1, one.from)))
      return true;
  }
  if (cue !== 'deniesNext' && cue !== 'deniesLast') return false;
  const negations = withCue('negates');
  const saysNo = negations.some((no) => no.from >= from && no.to <= to);
  const negated = negations.some(
    (no) => no.from >= from - BESIDE && no.to <= from && near(no.from, from),
  );
  if (negated && !saysNo) return true;
  return withCue('limits').some((one) => {
    // "…, only the price is": a single word after a pause opens another thought.
    if (one.from >= to) {
      return one.from < to + BESIDE && (one.to - one.from > 1 || near(to - 1, one.from));
    }
    return one.to === from && near(one.from, from);
  });
}

/** Of overlapping evidence for one kind, keeps the one with most weight, then the longest. */
function withoutOverlaps(evidence: Evidence[]): Evidence[] {
  const kept: Evidence[] = [];
  const byWeight = evidence.toSorted(
    (a, b) => b.weight - a.weight || b.end - b.start - (a.end - a.start) || a.start - b.start,
  );
  for (const one of byWeight) {
    const overlaps = kept.some(
      ({ kind, start, end }) => kind === one.kind && start < one.end && one.start < end,
    );
    if (!overlaps) kept.push(one);
  }
  return kept.sort((a, b) => a.start - b.start);
}

function rankKinds(sentences: readonly ReadSentence[]): SuggestedKind[] {
  const deniedKinds = new Set<BarrierKind>();
  const totals = new Map<
    BarrierKind,
    { total: number; spans: TextSpan[]; phrases: Map<string, number> }
  >();
  for (const { kind, phrase, weight, denied, start, end } of sentences.flatMap((s) => s.evidence)) {
    if (denied) deniedKinds.add(kind);
    if (denied) continue;
    const sum = totals.get(kind) ?? { total: 0, spans: [], phrases: new Map<string, number>() };
    totals.set(kind, sum);
    const before = sum.phrases.get(phrase) ?? 0;
    sum.total += before > 0 ? weight * REPEATED ** before : weight;
    sum.phrases.set(phrase, before + 1);
    sum.spans.push({ start, end });
  }
  for (const kind of deniedKinds) {
    const sum = totals.get(kind);
    if (sum) sum.total *= DENIED;
  }
  const highest = Math.max(0, ...[...totals.values()].map(({ total }) => total));
  if (highest < raisesFrom(sentences)) return [];
  return [...new Set([...LEARNED_KINDS, ...totals.keys()])]
    .flatMap((kind) => {
      const sum = totals.get(kind);
      if (!sum || sum.total < KIND_FROM || sum.total < SHARE_OF_HIGHEST * highest) return [];
      return { kind, score: share(sum.total), spans: sum.spans };
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_KINDS);
}

/** Maps a sum of weights to the range 0 to 1: 2 → 0.4, 3 → 0.5, 9 → 0.75. */
function share(total: number): number {
  return Math.round((total / (total + 3)) * 1000) / 1000;
}

/** Thanks, proposals, insults and spam often only mention barriers, so they need a higher score. */
function raisesFrom(sentences: readonly ReadSentence[]): number {
  const cues = new Set(sentences.flatMap(({ cues }) => [...cues]));
  if (cues.has('abuse')) return RAISES_BESIDE_ABUSE;
  return cues.has('thanks') || cues.has('proposal') ? RAISES_BESIDE_KINDNESS : RAISES_FROM;
}

function readingOf(sentences: readonly ReadSentence[], kinds: readonly SuggestedKind[]): Reading {
  const has = (cue: Cue) => sentences.some(({ cues }) => cues.has(cue));
  if (kinds.length > 0) return 'barrier';
  if (has('abuse')) return 'abuse';
  if (sentences.some(({ evidence }) => evidence.some(({ denied }) => denied))) return 'denied';
  if (has('thanks')) return 'thanks';
  return has('proposal') ? 'proposal' : 'nothing';
}

function rankPillars(kinds: readonly SuggestedKind[]): SuggestedPillar[] {
  const totals = new Map<Pillar, number>();
  for (const { kind, score } of kinds) {
    for (const [pillar, surety] of Object.entries(PILLARS_OF.get(kind) ?? {})) {
      if (!surety) continue;
      totals.set(pillar, Math.max(totals.get(pillar) ?? 0, score * surety));
    }
  }
  const highest = Math.max(0, ...totals.values());
  return learned.pillars
    .flatMap((pillar) => {
      const score = totals.get(pillar) ?? 0;
      return score > 0 && score >= PILLAR_SHARE * highest ? { pillar, score } : [];
    })
    .sort((a, b) => b.score - a.score);
}
