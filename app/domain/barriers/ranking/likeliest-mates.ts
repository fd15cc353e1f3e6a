import { comparing, profileOf } from '~/domain/barriers/similarity';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { likeliestKinds } from './likeliest-kinds';

/** Markdown and the language it is said to be in, BCP 47. */
export interface Said {
  text: string;
  language: string;
}

/** A report for which others of the same barrier are looked for. */
export interface Report extends Said {
  /** The M49 region where the barrier is; without one there are no mates. */
  region: string | null;
  /** The kinds that a person named; where there are none, the likeliest are taken. */
  kinds?: readonly BarrierKind[];
}

/** A key point or a post that may report the same barrier. */
export interface PossibleMate {
  region: string | null;
  /** What says it: a post's own text, or a key point's title and the texts of its posts. */
  texts: readonly Said[];
  kinds?: readonly BarrierKind[];
}

/** As many kinds as a text is taken to be about where nobody named one. */
const GUESSED = 1;

/**
 * The candidates of the report's region that most likely report the same concrete barrier, the
 * likeliest first: as many as asked for while there are so many, however unlike they are. The order
 * is all there is: whether two are the same is for a person to say. Leaving out the report itself,
 * and what its author wrote besides, is the caller's.
 */
export function likeliestMates<Candidate extends PossibleMate>(
  report: Report,
  candidates: readonly Candidate[],
  n = 3,
): Candidate[] {
  if (report.region === null) return [];
  const here = candidates.filter(({ region }) => region === report.region);
  const texts = here.flatMap((candidate) =>
    candidate.texts.map((said) => ({ ...said, candidate, kinds: candidate.kinds })),
  );
  const compare = comparing(
    [report, ...texts].map(({ text, language, kinds }) =>
      profileOf(
        text,
        language,
        kinds?.length ? kinds : likeliestKinds(text, language, GUESSED).kinds,
        true,
      ),
    ),
  );
  const nearest = new Map(here.map((candidate) => [candidate, 0]));
  for (const [at, { candidate }] of texts.entries()) {
    nearest.set(candidate, Math.max(nearest.get(candidate) ?? 0, compare(0, at + 1)));
  }
  // The sort is stable: among equals the order given stands.
  return [...nearest]
    .sort((a, b) => b[1] - a[1])
    .slice(0, n)
    .map(([candidate]) => candidate);
}
