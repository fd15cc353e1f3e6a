import { countCue, type DiscourseCue, hasCue } from '~/domain/barriers/discourse';
import type { LexiconLanguage } from '~/domain/barriers/lexicon';
import { ownWords } from '~/domain/barriers/strip-quotes';
import type { Signs } from '~/domain/barriers/suggest';
import { sentencesOf } from '~/domain/barriers/tokens';
import type { BarrierKind } from '~/domain/community/vocabularies';

/*
 * Decides whether a text more likely reports no barrier: because it denies one, says that it is
 * solved, repeats what others say, asks, thanks, sells, or has another subject. A sentence with
 * such a cue counts little as evidence for a barrier; a text reports no barrier if the cues
 * outweigh the remaining evidence.
 */

/** Cues that apply to their sentence only. */
const OF_SENTENCE = ['denies', 'reported', 'kin', 'asks', 'praise', 'sells'] as const;
/** Cues that apply to the whole text. */
const OF_TEXT = ['solved', 'joke', 'unsure'] as const;

/**
 * Weight of each cue for "no barrier"; for comparison, a phrase that states a barrier by itself has
 * 3.
 */
const MARK: Record<(typeof OF_SENTENCE)[number] | (typeof OF_TEXT)[number], number> = {
  denies: 2,
  reported: 2,
  kin: 1.5,
  asks: 1.5,
  praise: 1.5,
  sells: 2,
  solved: 2,
  joke: 1.5,
  unsure: 1.5,
};
/** Weight of a question without the cue `asks`. */
const QUESTION = 1;
/** Weights of the lexicon's cues for abuse, advertising, thanks or a proposal. */
const FROM_LEXICON = { abuse: 2, thanks: 1, proposal: 1.2 } as const;
/** Weight of a denied kind. */
const DENIED = 1.5;
/** Weight if there is no evidence for any kind. */
const WELL = 1.3;
const MOST_WELL = 3;
const SILENT = 0.8;
/** Weight if nothing is said to be lacking, failing or excessive. */
const QUIET = 0.5;

/** Factor for the evidence in a sentence with a cue. */
const MARKED = 0.25;
/** Factor for what states a kind in a text where nothing is said to be wrong. */
const UNTROUBLED = 0.6;
/** Weight of a sentence that says that something is lacking or fails, of any kind. */
const TROUBLE = 0.6;
/** Weight of a text in which the author speaks about themselves. */
const OWN = 0.3;
/** Maximum weight of the evidence for one kind. */
const ENOUGH = 4;

/**
 * Returns the evidence for "no barrier" minus the evidence for a barrier; positive if "no barrier"
 * is more likely.
 */
export function nothingScore(text: string, signs: Signs): number {
  const language: LexiconLanguage = signs.language ?? 'en';
  const own = ownWords(text);
  const has = (part: string, cue: DiscourseCue) => hasCue(part, language, cue);
  const ofText = OF_TEXT.filter((cue) => has(own, cue));
  const found = new Set<keyof typeof MARK>(ofText);
  const stated = new Map<BarrierKind, number>();
  let troubles = 0;
  let questions = 0;
  let goesWell = 0;
  for (const words of sentencesOf(own)) {
    const [start, end] = [words[0]?.start ?? 0, words.at(-1)?.end ?? 0];
    const sentence = own.slice(start, end);
    const marks = OF_SENTENCE.filter((cue) => has(sentence, cue));
    for (const mark of marks) found.add(mark);
    const asks = /^\s*[?？؟]/.test(own.slice(end, end + 3));
    if (asks) questions += 1;
    const within = (one: { start: number; end: number }) => one.start >= start && one.end <= end;
    const proposes = signs.proposals.some(within);
    const well = countCue(sentence, language, 'positive', MOST_WELL);
    goesWell += well;
    const counts = marks.length + ofText.length + well > 0 || asks || proposes ? MARKED : 1;
    if (signs.problems.some(within)) troubles = Math.max(troubles, counts);
    for (const { kind, weight, denied } of signs.kinds.filter(within)) {
      if (!denied) stated.set(kind, (stated.get(kind) ?? 0) + counts * weight);
    }
  }
  const denied = signs.kinds.some((sign) => sign.denied);
  let nothing = [...found].reduce((sum, mark) => sum + MARK[mark], 0);
  if (questions > 0 && !found.has('asks')) nothing += QUESTION;
  for (const [cue, weight] of Object.entries(FROM_LEXICON)) {
    if (signs.cues.has(cue as keyof typeof FROM_LEXICON)) nothing += weight;
  }
  nothing += WELL * Math.min(MOST_WELL, goesWell);
  if (denied) nothing += DENIED;
  if (signs.kinds.length === 0) nothing += SILENT;
  if (signs.problems.length === 0) nothing += QUIET;
  const surely = signs.problems.length > 0 ? 1 : UNTROUBLED;
  const barrier =
    surely * Math.min(ENOUGH, Math.max(0, ...stated.values())) +
    TROUBLE * troubles +
    (has(own, 'self') ? OWN : 0);
  return nothing - barrier;
}
