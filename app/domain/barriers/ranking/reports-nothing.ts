import { countCue, type DiscourseCue, hasCue, withoutCue } from '~/domain/barriers/discourse';
import type { LexiconLanguage } from '~/domain/barriers/lexicon';
import { ownWords } from '~/domain/barriers/strip-quotes';
import { type Signs, STATES_ALONE, within } from '~/domain/barriers/suggest';
import { sentencesOf } from '~/domain/barriers/tokens';
import type { BarrierKind } from '~/domain/community/vocabularies';
import weights from '~db/seed/lexicon/reports-nothing.json';
import { nothingInWords } from './learned';

/*
 * What speaks for and against a text reporting no barrier: because it denies one, says that it is
 * solved, repeats what others say, asks, thanks, sells, or has another subject. The features know
 * no subject and no language: they count cues of db/seed/discourse.json, what the lexicon finds,
 * and where in the text both stand. How much each weighs is learned from labelled texts
 * (tools/evaluation/learn.ts).
 */

/** Cues after which a sentence is weak evidence for a barrier. */
const MARKS = [
  'denies',
  'reported',
  'hearsay',
  'kin',
  'asks',
  'praise',
  'sells',
  'complains',
] as const satisfies readonly DiscourseCue[];
/** Cues that apply to the whole text. */
const OF_TEXT = ['solved', 'joke', 'unsure', 'there'] as const satisfies readonly DiscourseCue[];
const FROM_LEXICON = ['abuse', 'thanks', 'proposal', 'relief'] as const;

const MOST_WELL = 3;
const MOST_PROBLEMS = 3;
/** Maximum weight of the evidence for one kind. */
const ENOUGH = 6;
const SHORT = 12;

/** Clauses end where a pause is written. */
const CLAUSE = /[,،，、;；:：()–—]/u;

/**
 * The log-odds above which "I am not reporting a barrier" is offered first. Below 0, because the
 * kinds stay offered beneath it, while kinds that stand first invite a person to tick one. Chosen by
 * cross-validation (docs/decisions/0064).
 */
export const OFFERED_FIRST_FROM = -1;

/**
 * The log-odds above which a text is taken to report no barrier without asking anybody: kinds of its former
 * words lapse, it is no title, and no mate unless somebody named a kind. Higher than above: an order
 * takes nothing away.
 */
export const REPORTS_NONE_FROM = -0.75;

/**
 * Returns the log-odds that a text reports no barrier rather than one; `features` as of
 * `featuresOf`.
 */
export function oddsOfNothing(text: string, signs: Signs, features: ReadonlySet<string>): number {
  const found = { ...nothingFeatures(text, signs), words: nothingInWords(features), base: 1 };
  let odds = 0;
  for (const [name, value] of Object.entries(found)) {
    odds += value * ((weights as Record<string, number>)[name] ?? 0);
  }
  return odds;
}

/** Returns the features of a text by name, each from 0 to about 6. */
export function nothingFeatures(text: string, signs: Signs): Record<string, number> {
  const language: LexiconLanguage = signs.language ?? 'en';
  const own = ownWords(text);
  const has = (part: string, cue: DiscourseCue) => hasCue(part, language, cue);
  const features: Record<string, number> = {};
  const sentences = sentencesOf(own);
  const add = (name: string, value: number, most = 1) => {
    if (value > 0) features[name] = Math.min(most, (features[name] ?? 0) + value);
  };
  const marked = new Map<BarrierKind, number>();
  const plain = new Map<BarrierKind, number>();
  let words = 0;
  let troubleBefore = false;
  let endsWell = false;
  // Who has not seen it does not report it, whatever the sentence says.
  const unsure = has(own, 'unsure');
  for (const tokens of sentences) {
    words += tokens.length;
    const [start, end] = [tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0];
    const sentence = own.slice(start, end);
    const marks = MARKS.filter((cue) => has(sentence, cue));
    for (const mark of marks) add(mark, 1);
    const asks = /^\s*[?？؟]/.test(own.slice(end, end + 3));
    if (asks) add('question', 1);
    let at = start;
    for (const clause of sentence.split(CLAUSE)) {
      const inClause = within({ start: at, end: at + clause.length });
      const troubled =
        signs.troubles.some(inClause) ||
        signs.kinds.some((sign) => inClause(sign) && !sign.denied && sign.weight >= STATES_ALONE);
      at += clause.length + 1;
      if (clause.trim() === '') continue;
      const well = countCue(clause, language, 'positive', MOST_WELL);
      const turns = has(clause, 'turns');
      // "Not stable": the positive word says that it is not.
      const denied = well > 0 && has(withoutCue(clause, language, 'positive'), 'negates');
      const how = denied ? 'wellDenied' : troubled ? 'wellInTrouble' : 'well';
      add(how, well, MOST_WELL);
      if (has(clause, 'always')) add(troubled ? 'alwaysInTrouble' : 'always', 1);
      if (turns) add(troubled ? 'turnsBad' : 'turns', 1);
      if (turns && !troubled && troubleBefore) add('turnsAfterTrouble', 1);
      if (well > 0 && !denied && !troubled && troubleBefore) add('wellAfterTrouble', 1);
      endsWell = !troubled && ((well > 0 && !denied) || turns);
      troubleBefore ||= troubled;
    }
    const here = within({ start, end });
    const weak = unsure || marks.length > 0 || asks || signs.proposals.some(here);
    if (signs.problems.some(here)) add(weak ? 'problemMarked' : 'problem', 1, MOST_PROBLEMS);
    for (const { kind, weight, denied } of signs.kinds.filter(here)) {
      if (denied) add('deniesKind', 1);
      else {
        const stated = weak ? marked : plain;
        stated.set(kind, (stated.get(kind) ?? 0) + weight);
      }
    }
  }
  if (endsWell) add('endsWell', 1);
  for (const cue of OF_TEXT) if (has(own, cue)) add(cue, 1);
  for (const cue of FROM_LEXICON) if (signs.cues.has(cue)) add(cue, 1);
  add('statesMarked', Math.max(0, ...marked.values()), ENOUGH);
  add('states', Math.max(0, ...plain.values()), ENOUGH);
  if (signs.kinds.length === 0) add('noKind', 1);
  if (signs.problems.length === 0) add('noProblem', 1);
  if (has(own, 'self')) add('self', 1);
  if (words < SHORT) add('short', 1);
  add('length', Math.log(1 + words) / 3, 2);
  return features;
}
