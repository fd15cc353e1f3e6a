import { type DiscourseCue, hasCue } from '~/domain/barriers/discourse';
import type { LexiconLanguage } from '~/domain/barriers/lexicon';
import { ownWords } from '~/domain/barriers/strip-quotes';
import type { Signs } from '~/domain/barriers/suggest';
import { sentencesOf } from '~/domain/barriers/tokens';
import type { BarrierKind } from '~/domain/community/vocabularies';

/*
 * Whether a text more likely reports no barrier: it denies one, says that it is solved, repeats what
 * others say, asks, thanks, sells, or is about something else. Each sentence that carries such a mark
 * counts little for a barrier; a text reports nothing where the marks outweigh what is left.
 */

/** Marks that hold for the sentence they stand in. */
const OF_SENTENCE = ['denies', 'reported', 'kin', 'asks', 'praise', 'sells'] as const;
/** Marks that hold for the whole text, wherever they stand. */
const OF_TEXT = ['solved', 'joke', 'unsure'] as const;

/** How much speaks for "nothing" by a mark; a phrase that states a barrier by itself weighs 3. */
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
/** A question without a mark of asking. */
const QUESTION = 1;
/** What the lexicon takes for abuse, advertising, thanks or a proposal. */
const FROM_LEXICON = { abuse: 2, thanks: 1, proposal: 1.2 } as const;
/** A kind named only to be denied. */
const DENIED = 1.5;
/** Nothing at all that sounds like a barrier. */
const SILENT = 0.8;
/** Nothing is said to be lacking, failing or too much. */
const QUIET = 0.5;

/** What a sentence with a mark still counts for. */
const MARKED = 0.25;
/** A sentence that says something is lacking or fails, whatever kind it is of. */
const TROUBLE = 0.6;
/** The author speaks of what they meet. */
const OWN = 0.3;
/** More of one kind adds no more certainty. */
const ENOUGH = 4;

/** How much speaks for "reports no barrier" beyond what speaks for one; above 0 it is likelier. */
export function nothingScore(text: string, signs: Signs): number {
  const language: LexiconLanguage = signs.language ?? 'en';
  const own = ownWords(text);
  const has = (part: string, cue: DiscourseCue) => hasCue(part, language, cue);
  const ofText = OF_TEXT.filter((cue) => has(own, cue));
  const found = new Set<keyof typeof MARK>(ofText);
  const stated = new Map<BarrierKind, number>();
  let troubles = 0;
  let questions = 0;
  for (const words of sentencesOf(own)) {
    const [start, end] = [words[0]?.start ?? 0, words.at(-1)?.end ?? 0];
    const sentence = own.slice(start, end);
    const marks = OF_SENTENCE.filter((cue) => has(sentence, cue));
    for (const mark of marks) found.add(mark);
    const asks = /^\s*[?？؟]/.test(own.slice(end, end + 3));
    if (asks) questions += 1;
    const within = (one: { start: number; end: number }) => one.start >= start && one.end <= end;
    const proposes = signs.proposals.some(within);
    const counts = marks.length + ofText.length > 0 || asks || proposes ? MARKED : 1;
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
  if (denied) nothing += DENIED;
  if (signs.kinds.length === 0) nothing += SILENT;
  if (signs.problems.length === 0) nothing += QUIET;
  const barrier =
    Math.min(ENOUGH, Math.max(0, ...stated.values())) +
    TROUBLE * troubles +
    (has(own, 'self') ? OWN : 0);
  return nothing - barrier;
}
