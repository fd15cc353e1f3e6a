import { hasCue } from '~/domain/barriers/discourse';
import { reportsImprovement } from '~/domain/barriers/improvements';
import type { ReadText } from '~/domain/barriers/quoting/quote-rules';
import type { Span } from '~/domain/barriers/quoting/spans';
import { STATES_ALONE, within } from '~/domain/barriers/suggest';
import type { BarrierKind } from '~/domain/community/vocabularies';

/*
 * Which kind of barrier a sentence says that its author does not face. That decides under which
 * heading the sentence stands, so it must be plain from the words themselves.
 */

/** The least weight of a denied phrase: a mere hint, such as the name of a place, says no kind. */
const DENIED_FROM = 1;

/** Marks, and words that turn against what stands before them. */
const BETWEEN_CLAUSES = new RegExp(
  `[;:؛；：—]|\\s[-–]\\s|${whole(
    'but|mais|pero|mas|porém|lakini|लेकिन|मगर|tapi|tetapi|namun|но|однако|ولكن|لكن',
  )}|但|可是|不过`,
  'iu',
);

/** Words that grant or explain by what follows them: "although", "because". What follows is a fact. */
const SUBORDINATE = new RegExp(
  `${whole(
    [
      'although|(?:even )?though|whereas|because(?! of)|(?:despite|in spite of) the fact that',
      'bien que?|quoi ?que?|alors que?|tandis que?|parce que?|puisque?|vu que?|car|malgré le fait que?',
      'aunque|a pesar de que|pese a que|si bien|mientras que|porque|ya que|puesto que|dado que',
      'embora|ainda que|apesar de que|se bem que|enquanto que|já que|uma vez que|visto que',
      'ingawa|ijapokuwa|japokuwa|ilhali|kwa sababu(?! ya)|kwa kuwa|kwani',
      'हालाँकि|हालांकि|यद्यपि|भले ही|जबकि|क्योंकि|चूँकि|चूंकि',
      'meskipun|meski|walaupun|walau|sekalipun|sedangkan|padahal|karena(?! itu)|lantaran',
      'хотя|несмотря на то,? что|тогда как|потому что|так как|поскольку',
      '[وف]?(?:(?:على الرغم من|بالرغم من|رغم|مع|في حين|بما) أن|لأن)(?:ني|نا|ه|ها|هم|ك|كم)?',
    ].join('|'),
  )}|虽然|尽管|因为|由于`,
  'giu',
);

/** Words that do so too, but also say when or how long: "while", "since". */
const OR_TEMPORAL = new RegExp(
  whole('while|since|enquanto|sementara|wakati|в то время как|بينما'),
  'giu',
);

/** A pause within a sentence. */
const PAUSE = /[,،，、]/u;

/** The source of an expression for whole words. */
function whole(words: string): string {
  return `(?<![\\p{L}\\p{M}])(?:${words})(?![\\p{L}\\p{M}])`;
}

/**
 * Returns the kind that a sentence of a post denies for its author, or null. The author speaks for
 * themselves; a clause says no, or that all is well; what it speaks of is of one kind more than of any
 * other; and the sentence does not state that kind as well.
 */
export function deniedKind(text: ReadText, sentence: Span): BarrierKind | null {
  const { language } = text.signs;
  if (!language || !hasCue(sentence.text, language, 'self')) return null;
  if (reportsImprovement(sentence, text.language)) return null;
  for (const clause of clausesOf(text, sentence)) {
    const denies = hasCue(clause.text, language, 'denies');
    const kind = kindMeant(text, sentence, clause, denies);
    if (kind) return kind;
  }
  return null;
}

/** Returns the kinds that a text denies for its author, and that no other sentence of it states. */
export function kindsDenied(text: ReadText): Set<BarrierKind> {
  const denied = text.sentences.map((sentence) => ({ sentence, kind: deniedKind(text, sentence) }));
  const states = (kind: BarrierKind) =>
    denied.some(
      ({ sentence, kind: here }) =>
        here !== kind &&
        !praises(text, sentence) &&
        text.signs.kinds.some(
          (sign) => sign.kind === kind && !sign.denied && within(sentence)(sign),
        ),
    );
  const kinds = denied.flatMap(({ kind }) => kind ?? []);
  return new Set(kinds.filter((kind) => !states(kind)));
}

function praises({ language, signs }: ReadText, sentence: Span): boolean {
  if (signs.language && hasCue(sentence.text, signs.language, 'positive')) return true;
  return reportsImprovement(sentence, language);
}

/** The kind that a clause speaks of most, where it denies that kind and the sentence does not state it. */
function kindMeant(
  { signs, site }: ReadText,
  sentence: Span,
  clause: Span,
  denies: boolean,
): BarrierKind | null {
  const here = signs.kinds.filter(within(clause)).filter(({ kind }) => site.kinds.includes(kind));
  const weights = new Map<BarrierKind, number>();
  for (const { kind, weight } of here) weights.set(kind, (weights.get(kind) ?? 0) + weight);
  const [first, second] = [...weights].sort(([, a], [, b]) => b - a);
  if (!first || (second && second[1] === first[1])) return null;
  const [kind] = first;
  const own = signs.kinds.filter((sign) => sign.kind === kind && within(sentence)(sign));
  const plain = own.some(
    (sign) => within(clause)(sign) && sign.denied && sign.weight >= DENIED_FROM,
  );
  // "Connectivity is honestly not our problem": the words deny it, though the lexicon does not see it.
  const stated = own.some(
    (sign) => !sign.denied && !(denies && within(clause)(sign) && sign.weight < STATES_ALONE),
  );
  return plain && !stated ? kind : null;
}

/** Returns the clauses of a sentence; those that another one contains follow it. */
function clausesOf({ body }: ReadText, sentence: Span): Span[] {
  const spoken = body.slice(sentence.start, sentence.end);
  return split(spoken, BETWEEN_CLAUSES, sentence.start).flatMap((clause) => [
    clause,
    ...withinClause(clause),
  ]);
}

/**
 * Returns the parts of a clause: what stands before "although" or "because" and, from pause to pause, what
 * follows it; of "while", which may say when, only what follows it up to the next pause.
 */
function withinClause({ text, start }: Span): Span[] {
  const [first, ...others] = [...text.matchAll(SUBORDINATE)].map(({ index }) => index);
  const parts: Span[] = [];
  if (first !== undefined) {
    parts.push(spanOf(text.slice(0, first), start));
    for (const [at, from] of [first, ...others].entries()) {
      const part = text.slice(from, others[at]);
      parts.push(...split(part, PAUSE, start + from));
    }
  }
  for (const { index } of text.matchAll(OR_TEMPORAL)) {
    parts.push(...split(text.slice(index), PAUSE, start + index).slice(0, 1));
  }
  return parts.filter((part) => part.text.trim() !== '');
}

function split(text: string, at: RegExp, start: number): Span[] {
  let from = 0;
  return text.split(at).map((part) => {
    const found = text.indexOf(part, from);
    from = found + part.length;
    return spanOf(part, start + found);
  });
}

function spanOf(text: string, start: number): Span {
  return { start, end: start + text.length, text };
}
