import { countriesNamed } from '~/domain/barriers/barrier-region';
import {
  clausesBefore,
  firstCue,
  hasCue,
  openingCue,
  pointsBack,
  tellsFinite,
} from '~/domain/barriers/discourse';
import { kinAndHere, speaksOfElsewhere } from '~/domain/barriers/elsewhere';
import { reportsImprovement } from '~/domain/barriers/improvements';
import type { KindsInTexts } from '~/domain/barriers/kinds-in-texts';
import type { LexiconLanguage } from '~/domain/barriers/lexicon';
import { kindsByLikelihood, likeliestKinds } from '~/domain/barriers/ranking/likeliest-kinds';
import { type Signs, STATES_ALONE, signsOf, within } from '~/domain/barriers/suggest';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { describesOnly } from './describes-only';
import {
  asOneLine,
  lengthOf,
  ownParagraphs,
  quotableSentences,
  type Sentence,
  type Span,
  withoutMentions,
} from './spans';

/*
 * Which words of a post may stand alone as a quote. A quote is read without its post, so it must say by
 * itself what its author meant there.
 *
 * A quote is a run of whole sentences of one paragraph. A run that leans on its neighbours (`LEANS`) is
 * tried again with them; one that would mislead (`MISLEADS`) is not quoted at all. The rules know no
 * subject: they look at closed classes of words (db/seed/discourse.json), at what the lexicon finds,
 * at names of countries, and at how the sentences follow each other. They err towards more of the
 * post, or towards silence. `npm run evaluate` measures them on 200 labelled quotes in ten languages.
 *
 * `but` at the start is no fault. A whole short post nearly always stands: of a run that is all that
 * its author wrote, nothing is cut off, so only what misleads is asked, and whether it leans on another
 * post. In a language without lists only that may be quoted.
 */

/** Faults that the neighbours mend. */
const LEANS = [
  /** Opens with a pronoun or a demonstrative, refers to "such", "that" or "the same", or to other posts. */
  'refers',
  /** Answers the question before it, or asks one that is answered after it. */
  'answer',
  /** One item of a list. */
  'item',
  /** No finite verb, or a few words. */
  'fragment',
  /** Says nothing of a lack or a failure, which the neighbours do; of a title: of its kind. */
  'scene',
  /** The language has no lists to judge by. */
  'unread',
] as const;

/** Faults that nothing mends. */
const MISLEADS = [
  /** States another kind of barrier more strongly than the one it is to stand for, or denies it. */
  'other-kind',
  'denied',
  /** Of another place than the author's. */
  'elsewhere',
  /** What others say, and the author did not meet. */
  'reported',
  'joke',
] as const;

export type QuoteFault = (typeof LEANS)[number] | (typeof MISLEADS)[number];

/** Consecutive sentences of one paragraph. */
export interface Run extends Span {
  /** Their places among the sentences of the post; `to` is exclusive. */
  from: number;
  to: number;
}

/** What is read of a post. */
export interface ReadText {
  /** Markdown. */
  body: string;
  /** BCP 47. */
  language: string;
  /** Markdown of the other post that it answers; null if it answers only its thread. */
  answered: string | null;
  /** Its paragraphs as plain text; sentences say in which they stand. */
  paragraphs: string[];
  sentences: Sentence[];
  /** Evidence in the text for kinds of barrier, and proposals. */
  signs: Signs;
  /** The kinds and words by which it was read. */
  site: KindsInTexts;
}

/** Reads a post for the kinds of a site; `html` is the rendered `body`. */
export function readText(
  {
    body,
    html,
    language,
    answered = null,
  }: Pick<ReadText, 'body' | 'language'> & { html: string; answered?: string | null },
  site: KindsInTexts,
): ReadText {
  const paragraphs = ownParagraphs(html);
  return {
    ...{ body, language, answered, site, paragraphs },
    sentences: quotableSentences(body, paragraphs, language),
    signs: signsOf(body, language, site.cueWords),
  };
}

/** What a quote is to stand for. */
export interface Standing {
  /** The kind of barrier; null for none, such as a proposal. */
  kind: BarrierKind | null;
  /** The kinds that people named for the post. */
  named: readonly BarrierKind[];
  /** ISO 3166-1 alpha-2, where the author is; null where that is not known. */
  country: string | null;
  /**
   * `title`: it names the barrier, with nothing of the post around it. `improves`: it says that a
   * barrier eases. `denies`: that its author does not face it.
   */
  as?: 'barrier' | 'title' | 'improves' | 'denies';
}

/** As many sentences as a run has at most. */
const MOST_SENTENCES = 8;

/** What was found of the runs of a text: its sentences share runs, and are asked about one after another. */
const found = new WeakMap<ReadText, Map<string, boolean>>();

/** Whether a run may be quoted as it is. */
export function standsAlone(text: ReadText, run: Run, standing: Standing): boolean {
  const known = found.get(text) ?? new Map<string, boolean>();
  found.set(text, known);
  const { kind, named, country, as } = standing;
  const asked = [run.from, run.to, kind, named, country, as].join(' ');
  const stands = known.get(asked) ?? faultsOf(text, run, standing).next().done === true;
  known.set(asked, stands);
  return stands;
}

/** Whole posts up to this length are quoted whole; no quote is longer than the second. */
const SHORT_POST = 280;
const LONGEST = 420;
/** "We had 11 days of outage in August": a shorter part is quoted with a neighbour if that stands. */
const SAYS_LITTLE = 40;

/**
 * The run around a sentence that is quoted for it: the whole post if that is short, else the sentence,
 * else the fewest neighbours with which it stands and says enough, those before it first. Null where
 * none stands, or none is free.
 */
export function standingRun(
  text: ReadText,
  at: number,
  standing: Standing,
  isFree: (run: Run) => boolean = () => true,
): Run | null {
  const isShort = (run: Run) => lengthOf(run.text) <= SHORT_POST && isWhole(text, run);
  const rank = (run: Run) => (isShort(run) ? 0 : lengthOf(run.text) < SAYS_LITTLE ? 2 : 1);
  const order = (run: Run) => 100 * rank(run) + 10 * (run.to - run.from) + (run.to - at);
  const around = runsOf(text)
    .filter(({ from, to }) => from <= at && to > at)
    .filter((run) => lengthOf(run.text) <= LONGEST && isFree(run))
    .sort((a, b) => order(a) - order(b));
  return around.find((run) => standsAlone(text, run, standing)) ?? null;
}

/** The run of exactly the sentences that hold some words of the post; null where there is none. */
export function runHolding(
  text: ReadText,
  { start, end }: Pick<Span, 'start' | 'end'>,
): Run | null {
  const holding = runsOf(text).filter((run) => run.start <= start && run.end >= end);
  return holding.sort((a, b) => a.to - a.from - (b.to - b.from))[0] ?? null;
}

/** Every run of up to eight sentences that follow each other without markup between them. */
function runsOf({ body, sentences }: ReadText): Run[] {
  const runs: Run[] = [];
  for (const [from, first] of sentences.entries()) {
    for (let to = from + 1; to <= Math.min(sentences.length, from + MOST_SENTENCES); to += 1) {
      const last = sentences[to - 1];
      const before = sentences[to - 2];
      if (!last || last.paragraph !== first.paragraph) break;
      if (to > from + 1 && before && !/^\s*$/.test(body.slice(before.end, last.start))) break;
      const text = body.slice(first.start, last.end);
      runs.push({ start: first.start, end: last.end, text, from, to });
    }
  }
  return runs;
}

/** Whether a run is all that its author wrote. */
function isWhole({ paragraphs, sentences }: ReadText, { from, to, text }: Run): boolean {
  // Told at once of nearly all runs, so that the words of a long post are seldom compared.
  if (from > 0 || to < sentences.length) return false;
  const letters = (words: string) => words.replace(/\s+/g, '');
  return letters(paragraphs.map(withoutMentions).join('')) === letters(text);
}

/** The faults of a run, those that are told most cheaply first. */
export function* faultsOf(text: ReadText, run: Run, standing: Standing): Generator<QuoteFault> {
  const { signs } = text;
  const { as = 'barrier' } = standing;
  const states = as === 'barrier' || as === 'title';
  const proposes = as === 'barrier' && standing.kind === null;
  const language = signs.language;
  if (as !== 'improves' && statesOther(text, run, standing)) yield 'other-kind';
  if (as === 'denies' && statesToo(text, run, standing)) yield 'other-kind';
  const turn = language && states ? turnOf(text, run, standing, language) : null;
  if (turn === 'takes back') yield 'denied';
  if (language && states && !turn && denies(text, run, standing, language)) yield 'denied';
  if (language && jokes(text, language)) yield 'joke';
  if (language && turn !== 'upholds' && reports(text, run, language)) yield 'reported';
  if (language && isUnsure(text, language)) yield 'reported';
  if (isElsewhere(text, run, standing.country, language)) yield 'elsewhere';
  if (as === 'denies' && goesElsewhere(text, run, standing.country)) yield 'elsewhere';

  // What other posts say is missing from a whole post too.
  if (language && answersOthers(text, run, language)) yield 'refers';
  if (language && (mentions(text, run, language) || repeatsAnswered(text, run))) yield 'refers';
  if (language && proposes && describesOnly(run.text, language)) yield 'fragment';
  // Of a whole post its author's name and place say what it is about; a title has nothing beside it.
  if (isWhole(text, run) && !(as === 'title' && language)) {
    const leans = text.answered === null ? opensPointing : refersBack;
    if (language && leans(text, run, language)) yield 'refers';
    return;
  }
  if (!language) {
    yield 'unread';
    return;
  }
  if (isItem(text, run)) yield 'item';
  if (splitsAnswer(text, run, language)) yield 'answer';
  if (refersBack(text, run, language)) yield 'refers';
  if (isFragment(run, language) || opensCut(text, run, language)) yield 'fragment';
  const scene = as === 'title' ? namesNoBarrier : onlySetsScene;
  if (states && standing.kind && scene(text, run, standing.kind)) yield 'scene';
}

/** Whether a run that denies a kind for its author also reports it. */
function statesToo({ signs }: ReadText, run: Run, { kind }: Standing): boolean {
  const stated = signs.kinds.filter((sign) => sign.kind === kind && !sign.denied);
  return stated.some((sign) => within(run)(sign) && sign.weight >= STATES_ALONE);
}

function sentencesIn(text: ReadText, { from, to }: Run) {
  return text.sentences.slice(from, to);
}

/** Of equal strength is enough: whoever names two barriers often states the one by the other. */
const NEARLY = 0.75;

/** Where nothing else could be meant, the kind needs only be one of those that the run may be about. */
const AMONG = 4;

/** Whether something else than the kind is what the run states most strongly. */
function statesOther(text: ReadText, run: Run, { kind, named, as }: Standing): boolean {
  if (!kind) return false;
  const { signs, body, site } = text;
  if (as !== 'denies' && named.includes(kind)) {
    const whole = isWhole(text, run);
    // All that its author wrote, of the only kind that a person named: there is nothing to doubt.
    if (whole && named.length === 1) return false;
    if ((whole || named.length === 1) && !knows(text, kind)) return false;
    if (named.length === 1) {
      const likeliest = kindsByLikelihood(run.text, signs.language ?? '', site);
      return !likeliest.slice(0, AMONG).includes(kind);
    }
    // A whole post may be about two kinds, but does not stand for one that it mentions in passing.
    if (whole) {
      const stated = weightsIn(text, run, false);
      const strongest = Math.max(0, ...named.map((one) => stated.get(one) ?? 0));
      const isStrong = strongest > 0 && (stated.get(kind) ?? 0) >= NEARLY * strongest;
      return !isStrong && likeliestOf(text, run, named) !== kind;
    }
  }
  const stated = weightsIn(text, run, as === 'denies');
  // The lexicon finds also kinds that the community does not have.
  const ofSite = [...stated].filter(([one]) => one === kind || site.kinds.includes(one));
  const strongest = Math.max(0, ...ofSite.map(([, weight]) => weight));
  if (strongest > 0) return (stated.get(kind) ?? 0) < NEARLY * strongest;
  // Of several kinds the rest of a post, which states none by itself, stands for the likeliest.
  if (as !== 'denies' && named.length > 1 && knows(text, kind)) {
    if (likeliestOf(text, run, named) !== kind) return true;
  }
  // Nothing is stated here by itself: it may stand for the kind only where nothing else in the post does.
  const elsewhere = signs.kinds.some((sign) => sign.kind === kind && !sign.denied);
  return elsewhere && run.text.length < body.trim().length;
}

/** How strongly a run states each kind, or denies it. */
function weightsIn({ signs }: ReadText, run: Run, denied: boolean): Map<BarrierKind, number> {
  const stated = new Map<BarrierKind, number>();
  for (const sign of signs.kinds.filter(within(run))) {
    if (sign.denied !== denied) continue;
    stated.set(sign.kind, (stated.get(sign.kind) ?? 0) + sign.weight);
  }
  return stated;
}

/** The likeliest of some kinds for the words of a run. */
function likeliestOf({ signs, site }: ReadText, run: Run, named: readonly BarrierKind[]) {
  const likeliest = kindsByLikelihood(run.text, signs.language ?? '', site);
  return likeliest.find((one) => named.includes(one));
}

/** Whether it can be told whether words of the text are about a kind, because it has cue words. */
function knows({ signs, site }: ReadText, kind: BarrierKind): boolean {
  return signs.language !== null && site.knows(kind, signs.language);
}

/** Whether the run says that the kind is no problem, or none any more. */
function denies(text: ReadText, run: Run, { kind }: Standing, language: LexiconLanguage): boolean {
  const signs = text.signs.kinds.filter(within(run)).filter((sign) => sign.kind === kind);
  if (kind && signs.some((sign) => sign.denied)) return true;
  const sentences = sentencesIn(text, run);
  const denying = sentences.filter(
    ({ text }) => hasCue(text, language, 'denies') || hasCue(text, language, 'solved'),
  );
  if (denying.length === 0) return false;
  // What another sentence of the run states outweighs it: "The network is fine. The price is not."
  const stating = sentences.filter((one) => !denying.includes(one));
  return !stating.some((one) => signs.some(within(one)));
}

/**
 * Whether a run, or the sentence after it, takes back what it says: "Is it too slow? Not at all", "That
 * is false", "I no longer think so", "My cousin in Oslo … Here all is well"; or upholds it: "They promised a mast. That is false: there is no
 * signal". Null where it does neither.
 */
function turnOf(
  text: ReadText,
  run: Run,
  { kind }: Standing,
  language: LexiconLanguage,
): 'takes back' | 'upholds' | null {
  const { body, sentences } = text;
  const next = sentences[run.to];
  const follows = next !== undefined && next.paragraph === sentences[run.from]?.paragraph;
  const read = follows ? body.slice(run.start, next.end) : run.text;
  const states = (words: string) => statesKind(text, words, kind);
  for (const cue of ['answersNo', 'takesBack'] as const) {
    const found = firstCue(read, language, cue);
    if (!found) continue;
    const claims = found.before.split(SENTENCE_END).filter(Boolean);
    const claim = claims.pop() ?? '';
    // What others say may be the claim alone.
    const isReported = [...claims, found.after].some((one) => hasCue(one, language, 'reported'));
    if (states(found.after) && !isReported) return 'upholds';
    // "Do we have a signal? No", "They say that it works well. That is false".
    const saysWell = cue === 'answersNo' || hasCue(claim, language, 'positive');
    if (saysWell && signsOf(claim, language).problems.length === 0) continue;
    if (!claims.some(states)) return 'takes back';
  }
  const contrast = kinAndHere(read, language);
  return contrast && !states(contrast.here) ? 'takes back' : null;
}

/** Where a sentence of normalised text ends. */
const SENTENCE_END = /(?<=[.!?…؟।。！？])\s*/u;

/** Whether some words of a text state the kind by themselves. */
function statesKind(text: ReadText, words: string, kind: BarrierKind | null): boolean {
  const { kinds, problems } = signsOf(words, text.signs.language ?? '', text.site.cueWords);
  if (!kind || !knows(text, kind)) return problems.length > 0;
  return kinds.some((sign) => sign.kind === kind && !sign.denied && sign.weight >= STATES_ALONE);
}

function jokes({ paragraphs }: ReadText, language: LexiconLanguage): boolean {
  return paragraphs.some((paragraph) => hasCue(paragraph, language, 'joke'));
}

/** Whether the run tells what others say. */
function reports(text: ReadText, run: Run, language: LexiconLanguage): boolean {
  return sentencesIn(text, run).some((one) => hasCue(one.text, language, 'reported'));
}

/** Whether the author says not to have met it. */
function isUnsure({ paragraphs }: ReadText, language: LexiconLanguage): boolean {
  return paragraphs.some((paragraph) => hasCue(paragraph, language, 'unsure'));
}

/** Whether the run, read after the sentence before it, is about another place than the author's. */
function isElsewhere(
  text: ReadText,
  run: Run,
  country: string | null,
  language: LexiconLanguage | null,
): boolean {
  const before = text.sentences[run.from - 1];
  const leads = before?.paragraph === text.sentences[run.from]?.paragraph ? before?.text : '';
  return speaksOfElsewhere(run.text, country, language, `${leads ?? ''} ${run.text}`);
}

/** Whether a sentence of the run is about other countries alone: "Here it is fine. Our branch in Laos …" */
function goesElsewhere(text: ReadText, run: Run, country: string | null): boolean {
  return sentencesIn(text, run).some((sentence) => {
    const named = countriesNamed(sentence.text);
    return named.size > 0 && !(country && named.has(country));
  });
}

/** Items of lists stand after a mark that is no part of them. */
function isItem({ body }: ReadText, { start }: Run): boolean {
  return /(?:^|\n)[^\S\n]*(?:[-*+•–]|\d{1,3}[.)]|\p{L}[.)])[^\S\n]+$/u.test(
    body.slice(Math.max(0, start - 12), start),
  );
}

const QUESTION = /[?？؟][\s"'”’»)\]]*$/;

/** Whether a question is quoted without its answer, or an answer without its question. */
function splitsAnswer(text: ReadText, run: Run, language: LexiconLanguage): boolean {
  const { sentences } = text;
  const [first, last] = [sentences[run.from], sentences[run.to - 1]];
  const [before, after] = [sentences[run.from - 1], sentences[run.to]];
  if (!first || !last) return true;
  if (before && QUESTION.test(before.text)) return true;
  // "And should there be?": a question within a text asks of what was said.
  if (QUESTION.test(first.text) && (before || isFragment(first, language))) return true;
  if (QUESTION.test(last.text) && (after || run.to - run.from === 1)) return true;
  const answer = openingCue(first.text, language, 'answers');
  return answer !== null && /^\s*[,.!;:–—،।，。！]/.test(answer.after);
}

/** Whether the run refers to other posts: "to add to the story above", "same here". */
function answersOthers(text: ReadText, run: Run, language: LexiconLanguage): boolean {
  const sentences = sentencesIn(text, run);
  if (sentences.some((one) => hasCue(one.text, language, 'thread'))) return true;
  // "Primary school, Mbale. Same here."
  return sentences.some(
    (one, at) =>
      sentences.slice(0, at).every((before) => isFragment(before, language)) &&
      !QUESTION.test(sentences[at - 1]?.text ?? '') &&
      openingCue(one.text, language, 'replies') !== null,
  );
}

/** A member's handle in the words of a post; not an email address. */
const HANDLE = /(?<![\p{L}\p{N}._-])@[\w-]+/u;

/**
 * Whether the run speaks of another member by handle: "As @kofi says", or "@kofi is right", of which
 * the handle is cut.
 */
function mentions({ body, sentences }: ReadText, run: Run, language: LexiconLanguage): boolean {
  if (HANDLE.test(run.text)) return true;
  const line = body.slice(body.lastIndexOf('\n', run.start - 1) + 1, run.start);
  if (!/@[\w-]+\s+$/.test(line)) return false;
  const words = sentences[run.from]?.text ?? '';
  // A verb without a subject: the handle was it.
  const verb = openingCue(words, language, 'finite');
  return verb !== null && !/^\S+\s/.test(words.slice(0, words.length - verb.after.length));
}

/** Words between quotation marks. */
const IN_MARKS = /["“„«「『《]\s*([^"“”„«»「」『』《》]+?)[\s.,!?]*["”“»」』》]/gu;

/** Whether the run repeats in quotation marks what the post that it answers says. */
function repeatsAnswered({ answered }: ReadText, { text }: Run): boolean {
  if (answered === null) return false;
  const said = asOneLine(answered).toLowerCase();
  return [...text.matchAll(IN_MARKS)].some(
    // A single word in marks is a term that both use.
    ([, words = '']) =>
      /\s|\p{Script=Han}{3,}/u.test(words) && said.includes(asOneLine(words).toLowerCase()),
  );
}

/** How many words of content say what a pronoun stands for, when they come before it. */
const ENOUGH_CONTENT = 2;

/** Whether the first sentence of the run speaks of something that only the post names. */
function refersBack(text: ReadText, run: Run, language: LexiconLanguage): boolean {
  const first = text.sentences[run.from];
  if (!first) return true;
  if (openingCue(first.text, language, 'opens') && !openingCue(first.text, language, 'opensFine')) {
    return true;
  }
  if (hasCue(first.text, language, 'leans') || pointsBack(run.text, language)) return true;
  const pronoun = firstCue(first.text, language, 'pronouns');
  const earlier = [pronoun ? pronoun.before : null, clausesBefore(first.text, language, 'objects')];
  return earlier.some((words) => words !== null && contentWords(words, language) < ENOUGH_CONTENT);
}

/** Whether the run opens with a noun that it only points at: "Such clauses should be banned." */
function opensPointing({ sentences }: ReadText, { from }: Run, language: LexiconLanguage): boolean {
  const first = sentences[from]?.text ?? '';
  return openingCue(first, language, 'points') !== null && pointsBack(first, language);
}

/** Shorter words are seldom of content. */
const CONTENT_FROM: Partial<Record<LexiconLanguage, number>> = { ar: 3, hi: 3 };
const USUAL_CONTENT_FROM = 4;
const HAN_FOR_A_WORD = 3;

function contentWords(text: string, language: LexiconLanguage): number {
  if (language === 'zh')
    return Math.floor([...text.matchAll(/\p{Script=Han}/gu)].length / HAN_FOR_A_WORD);
  const least = CONTENT_FROM[language] ?? USUAL_CONTENT_FROM;
  return text.split(/[^\p{L}\p{M}]+/u).filter((word) => word.length >= least).length;
}

/** A sentence of fewer words is a remark. */
const FEWEST_WORDS = 5;
const FEWEST_HAN = 9;
/** Longer ones have a verb, even where its form is not in the list. */
const MAY_LACK_VERB = 20;

function isFragment({ text }: Span, language: LexiconLanguage): boolean {
  if (language === 'zh') return [...text.matchAll(/\p{Script=Han}/gu)].length < FEWEST_HAN;
  const words = text.split(/[^\p{L}\p{M}\p{N}'’]+/u).filter(Boolean).length;
  if (words < FEWEST_WORDS) return true;
  return words < MAY_LACK_VERB && tellsFinite(language) && !hasCue(text, language, 'finite');
}

/** Whether the run opens with a remark on the sentence before it: "Reseller vanished. Now I am afraid." */
function opensCut({ sentences }: ReadText, { from }: Run, language: LexiconLanguage): boolean {
  const [before, first] = [sentences[from - 1], sentences[from]];
  return (
    before !== undefined && before.paragraph === first?.paragraph && isFragment(first, language)
  );
}

/** Whether the run says nothing of a lack or a failure, while the post does. */
function onlySetsScene({ signs }: ReadText, run: Run): boolean {
  const here = within(run);
  const troubled = signs.problems.some(({ start, end }) => start < run.end && run.start < end);
  const stated = signs.kinds.some((sign) => here(sign) && !sign.denied && sign.weight >= SAYS_MORE);
  return !troubled && !stated;
}

/** From this weight on a phrase does more than set the scene: a topic with its problem is enough. */
const SAYS_MORE = 2;

/**
 * Whether a run cannot be the title of a barrier of the kind: it does not say itself that something of
 * that kind is missing or fails, says that it got better, proposes something, or reads more like a text
 * that reports nothing.
 */
function namesNoBarrier(text: ReadText, run: Run, kind: BarrierKind): boolean {
  const { signs, language, site } = text;
  const here = within(run);
  if (signs.proposals.some(here) || reportsImprovement(run, language)) return true;
  const troubled = signs.problems.some(here);
  if (!knows(text, kind)) return !troubled;
  const { kinds, reportsNone } = likeliestKinds(run.text, signs.language ?? '', 1, site);
  const own = signs.kinds.filter((sign) => here(sign) && !sign.denied);
  if (own.some((sign) => sign.kind === kind && sign.weight >= SAYS_MORE)) return reportsNone;
  const goesWell = signs.language !== null && hasCue(run.text, signs.language, 'positive');
  return !troubled || goesWell || kinds[0] !== kind;
}
