import type { BarrierKind } from '~/domain/community/vocabularies';
import { comparing, profileOf } from './similarity';

/** A contribution's data used for grouping. */
export interface GroupCandidate {
  id: string;
  /** Contributions of the same author are never grouped. */
  authorId: string;
  text: string;
  language: string;
  /** The M49 region of the barrier; if null, it is not grouped. */
  region: string | null;
  /** The kinds that a person chose; if there are none, they are suggested from the text. */
  kinds?: readonly BarrierKind[];
}

export interface ProposedGroup {
  region: string;
  /** In the order of the candidates (oldest first); at least two, by different authors. */
  ids: string[];
  /** Similarity of the weakest link in the group. */
  similarity: number;
}

/**
 * Minimum similarity for proposing contributions as one barrier, and for showing them as similar.
 */
const SAME_BARRIER = 0.36;
const WORTH_SHOWING = 0.2;

/**
 * Proposes groups of contributions that report the same concrete barrier in the same region. The
 * most similar are joined first, and a group only grows while its members are similar on average
 * (average linkage), so that no chain of weak similarities forms a group. A moderator decides on
 * each proposal.
 */
export function proposeGroups(
  candidates: readonly GroupCandidate[],
  threshold = SAME_BARRIER,
): ProposedGroup[] {
  const compare = comparing(candidates.map((one) => profileOf(one.text, one.language, one.kinds)));
  const regions = new Map<string, number[]>();
  for (const [at, { region }] of candidates.entries()) {
    if (region) regions.set(region, [...(regions.get(region) ?? []), at]);
  }
  return [...regions].flatMap(([region, members]) => {
    const alike = (a: number, b: number) => {
      const [one, other] = [candidates[a], candidates[b]];
      if (!one || !other || one.authorId === other.authorId) return 0;
      return compare(a, b);
    };
    return join(members, alike, threshold).map(({ members, weakest }) => ({
      region,
      ids: members.toSorted((a, b) => a - b).map((at) => candidates[at]?.id ?? ''),
      similarity: weakest,
    }));
  });
}

function join(
  members: readonly number[],
  alike: (a: number, b: number) => number,
  threshold: number,
): { members: number[]; weakest: number }[] {
  const links = new Map<string, number>();
  for (const a of members) for (const b of members) if (a < b) links.set(`${a} ${b}`, alike(a, b));
  const link = (a: number, b: number) => links.get(a < b ? `${a} ${b}` : `${b} ${a}`) ?? 0;
  const between = (one: number[], other: number[]) => {
    let sum = 0;
    for (const a of one) for (const b of other) sum += link(a, b);
    return sum / (one.length * other.length);
  };

  const groups = members.map((member) => ({
    members: [member],
    weakest: Number.POSITIVE_INFINITY,
  }));
  for (;;) {
    let best = { at: -1, into: -1, likeness: threshold };
    for (const [into, one] of groups.entries()) {
      for (let at = into + 1; at < groups.length; at++) {
        const likeness = between(one.members, groups[at]?.members ?? []);
        if (likeness >= best.likeness) best = { at, into, likeness };
      }
    }
    const [joined] = best.at < 0 ? [] : groups.splice(best.at, 1);
    const group = groups[best.into];
    if (!joined || !group) return groups.filter(({ members }) => members.length > 1);
    group.members.push(...joined.members);
    group.weakest = Math.min(group.weakest, joined.weakest, best.likeness);
  }
}

/**
 * Returns the candidates in the region that report something similar to the text, most similar
 * first: for "others in your region reported this". Uses a lower threshold than `proposeGroups`,
 * because the author decides.
 */
export function similarReports<Candidate extends GroupCandidate>(
  { text, language, kinds }: Pick<GroupCandidate, 'text' | 'language' | 'kinds'>,
  region: string,
  candidates: readonly Candidate[],
  most = 3,
): { candidate: Candidate; similarity: number }[] {
  const here = candidates.filter((one) => one.region === region);
  const own = profileOf(text, language, kinds);
  const compare = comparing([
    own,
    ...here.map((one) => profileOf(one.text, one.language, one.kinds)),
  ]);
  return here
    .map((candidate, at) => ({ candidate, similarity: compare(0, at + 1) }))
    .filter(({ similarity }) => similarity >= WORTH_SHOWING)
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, most);
}
