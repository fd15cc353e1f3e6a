import { comparing, type Profile, profileOf } from '~/domain/barriers/similarity';
import { ownWords } from '~/domain/barriers/strip-quotes';
import { signsOf } from '~/domain/barriers/suggest';
import { sentencesOf } from '~/domain/barriers/tokens';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { type LikeliestKinds, type Likelihoods, likelihoodsOf } from './likeliest-kinds';
import { REPORTS_NONE_FROM } from './reports-nothing';

/** Markdown with its declared language, BCP 47. */
export interface Said {
  text: string;
  language: string;
}

/** A report, for which reports of the same barrier are searched. */
export interface Report extends Said {
  /** The M49 region of the barrier; if null, there are no matches. */
  region: string | null;
  /** The kinds that a person chose; if there are none, the text tells how likely each is. */
  kinds?: readonly BarrierKind[];
}

/** A key point or a post that may report the same barrier. */
export interface PossibleMate {
  region: string | null;
  /** The texts to compare: a post's own text, or a key point's title and the texts of its posts. */
  texts: readonly Said[];
  kinds?: readonly BarrierKind[];
}

/**
 * Ranks kinds and similar reports, for a person to choose from. Implemented by a language model or
 * built in.
 */
export interface Ranker {
  kinds(said: Said, n?: number): Promise<LikeliestKinds>;
  mates<Candidate extends PossibleMate>(
    report: Report,
    candidates: readonly Candidate[],
    n?: number,
  ): Promise<Candidate[]>;
}

interface Read {
  /** As named by people. */
  named: readonly BarrierKind[] | undefined;
  profile: Profile;
  /** How likely the text reports a barrier at all: one that does not can hardly report the same one. */
  reports: number;
}

/** The moderators' desk compares the same texts with every report that it shows. */
const known = new WeakMap<Said, Read>();

function readOnce(said: Said, named: readonly BarrierKind[] | undefined): Read {
  const before = known.get(said);
  if (before && before.named === named) return before;
  const { text, language } = said;
  const { kinds, reports } = named?.length ? asNamed(named) : likelihoodsOf(text, language);
  const read = { named, profile: profileOf(text, kinds), reports };
  known.set(said, read);
  return read;
}

function asNamed(kinds: readonly BarrierKind[]): Likelihoods {
  const share = 1 / kinds.length;
  return { kinds: new Map(kinds.map((kind) => [kind, share])), reports: 1 };
}

/** A reply of at most this many words that states no kind of barrier only agrees. */
const AGREES_IN_WORDS = 12;
/** The likelihood below which a text is taken to report no barrier. */
const REPORTS_FROM = 1 / (1 + Math.exp(REPORTS_NONE_FROM));

/**
 * Returns whether a post may be offered as one that reports the same barrier. Not a reply that only
 * agrees; and where nobody named a kind, not a text that more likely denies, asks, thanks or has
 * another subject. In a language that the lexicon does not know, neither can be told.
 */
export function mayBeMate(
  said: Said,
  { kinds, isReply }: { kinds: readonly BarrierKind[]; isReply: boolean },
): boolean {
  if (!isReply && kinds.length > 0) return true;
  const signs = signsOf(said.text, said.language);
  if (signs.language === null) return true;
  if (isReply && signs.kinds.length === 0 && wordsIn(said.text) <= AGREES_IN_WORDS) return false;
  return kinds.length > 0 || readOnce(said, kinds).reports > REPORTS_FROM;
}

function wordsIn(text: string): number {
  return sentencesOf(ownWords(text)).reduce((sum, tokens) => sum + tokens.length, 0);
}

/** A candidate by the text of it that is most like the report. */
interface Nearest<Candidate> {
  candidate: Candidate;
  /** Which of all compared texts. */
  at: number;
  score: number;
}

/**
 * What a candidate loses for each unit of likeness to one that is offered before it: if that is no mate,
 * what is like it is hardly one. Chosen on the tuning halves, where 0.5 to 1 were as good (docs/decisions/0064).
 */
const REPEATS = 0.8;
/** Number of candidates that are looked at as a whole; what follows stands in order. */
const LOOKED_AT = 5;

/**
 * Returns the candidates in the report's region that most likely report the same concrete barrier,
 * most likely first, and the first of them unlike each other. Returns `n` candidates if there are that
 * many, even if they are not similar: a person decides whether two reports are about the same barrier.
 * The caller must leave out the report itself and other posts of its author.
 */
export function likeliestMates<Candidate extends PossibleMate>(
  report: Report,
  candidates: readonly Candidate[],
  n = 3,
): Candidate[] {
  if (report.region === null) return [];
  const here = candidates.filter(({ region }) => region === report.region);
  const texts = here.flatMap((candidate) =>
    candidate.texts.map((said) => ({ candidate, ...readOnce(said, candidate.kinds) })),
  );
  const own = readOnce(report, report.kinds);
  const { similarity, likeness } = comparing([own, ...texts].map(({ profile }) => profile));
  const nearest = new Map<Candidate, Nearest<Candidate>>(
    here.map((candidate) => [candidate, { candidate, at: 0, score: 0 }]),
  );
  for (const [index, { candidate, reports }] of texts.entries()) {
    const at = index + 1;
    const score = similarity(0, at) * reports;
    if (score > (nearest.get(candidate)?.score ?? 0))
      nearest.set(candidate, { candidate, at, score });
  }
  // The sort is stable, so equal candidates keep their order.
  let rest = [...nearest.values()].sort((a, b) => b.score - a.score);
  const offered: Candidate[] = [];
  while (offered.length < Math.min(n, LOOKED_AT) && rest[0]) {
    const [{ candidate, at }, ...others] = rest;
    offered.push(candidate);
    rest = others
      .map((one) => ({
        ...one,
        score: one.score * Math.max(0, 1 - REPEATS * likeness(at, one.at)),
      }))
      .sort((a, b) => b.score - a.score);
  }
  return [...offered, ...rest.map(({ candidate }) => candidate)].slice(0, n);
}
