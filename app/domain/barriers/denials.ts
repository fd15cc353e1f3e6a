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
const BETWEEN_CLAUSES =
  /[;:؛；：—]|\s[-–]\s|(?<![\p{L}\p{M}])(?:but|mais|pero|mas|porém|lakini|लेकिन|मगर|tapi|tetapi|namun|но|однако|ولكن|لكن)(?![\p{L}\p{M}])|但|可是|不过/iu;

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

function clausesOf({ body }: ReadText, sentence: Span): Span[] {
  const clauses: Span[] = [];
  let start = sentence.start;
  for (const part of body.slice(sentence.start, sentence.end).split(BETWEEN_CLAUSES)) {
    const found = body.indexOf(part, start);
    clauses.push({ start: found, end: found + part.length, text: part });
    start = found + part.length;
  }
  return clauses;
}
