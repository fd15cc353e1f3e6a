import type { BarrierKind } from '~/domain/community/vocabularies';
import { comparing, profileOf } from './similarity';

/** What grouping needs to know of a contribution. */
export interface GroupCandidate {
  id: string;
  /** Nobody is grouped with themselves. */
  authorId: string;
  text: string;
  language: string;
  /** The M49 region where the barrier is; null stands alone. */
  region: string | null;
  /** The kinds that a person ticked; where there are none, they are suggested from the text. */
  kinds?: readonly BarrierKind[];
}

export interface ProposedGroup {
  region: string;
  /** Oldest given first; at least two, by different authors. */
  ids: string[];
  /** The weakest link that holds the group together. */
  similarity: number;
}

/** From which similarity on two contributions are proposed as one barrier, or shown as alike. */
const SAME_BARRIER = 0.36;
const WORTH_SHOWING = 0.2;

/**
 * Proposes which contributions report the same concrete barrier in the same region. The most alike
 * are joined first, and a group takes in another only while its members are on average alike
 * (average linkage), so that no chain of half-likenesses makes one. A person confirms or not.
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
 * Which of the candidates in the region report something like this text, the likest first: for
 * "others in your region reported this". More generous than `proposeGroups`; the writer decides.
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
