import { and, asc, desc, eq, gte, lt } from 'drizzle-orm';
import { proposeGroups } from '~/domain/barriers/groups';
import { BARRIER_KINDS, type BarrierKind } from '~/domain/community/vocabularies';
import { mayReportBarrier } from '~/domain/forum/posts/evidence';
import { publicPost } from '~/domain/forum/visibility';
import { childRegions, regions } from '~/platform/places/places';
import type { Db } from '~db/client';
import { barrierGroupPosts, posts, threads } from '~db/schema';
import { type Contribution, type DateRange, readKinds } from './contributions';
import type { Period } from './period';

/** Reports by several people of the same concrete issue in the same region. */
export interface IssueCluster {
  /** Ids of the contributions that report it, oldest first. */
  ids: string[];
  /** Time of the first report, UTC milliseconds. */
  since: number;
  /** Codes of countries or regions. */
  places: string[];
  /** The kind most often chosen for it; null if no kind was chosen. */
  kind: BarrierKind | null;
  /** True if the first report is from this period or the previous one. */
  isNew: boolean;
}

/** The issue clusters of a digest by the ids of the contributions in them. */
export type IssueClusters = ReadonlyMap<string, IssueCluster>;

/**
 * Maximum number of contributions compared per region, newest first: the time grows with its cube.
 */
const MOST_COMPARED = 40;

/**
 * Finds contributions of a period that report the same issue as others, in this or a previous
 * period, anywhere in their region, so that the result does not depend on the digest's scope.
 * Groups confirmed by moderators come first; other similar reports are grouped automatically,
 * because a moderator reviews the digest before publication. `own` are the digest's contributions,
 * with and without kinds; `span` is the time range that is searched.
 */
export async function readMatters(
  db: Db,
  own: readonly Contribution[],
  span: DateRange,
  before: Period,
): Promise<IssueClusters> {
  const grouped = await readGrouped(db, span.end);
  const isGrouped = new Set(grouped.flat().map(({ id }) => id));
  const written = (await readNewest(db, span)).filter(({ id }) => !isGrouped.has(id));
  const byId = new Map(written.map((one) => [one.id, one]));
  const alike = proposeGroups(written).map(({ ids }) => ids.flatMap((id) => byId.get(id) ?? []));
  const about = new Set(own.map(({ id }) => id));
  const matters = new Map<string, IssueCluster>();
  for (const reports of [...grouped, ...alike]) {
    const [first] = reports;
    if (!first || !reports.some(({ id }) => about.has(id))) continue;
    if (new Set(reports.map(({ authorId }) => authorId)).size < 2) continue;
    const places = reports.flatMap(({ country, region }) => country ?? region ?? []);
    const matter: IssueCluster = {
      ids: reports.map(({ id }) => id),
      since: first.createdAt,
      places: [...new Set(places)].sort(),
      kind: commonest(reports),
      isNew: first.createdAt >= before.start,
    };
    for (const id of matter.ids) matters.set(id, matter);
  }
  return matters;
}

/**
 * Returns the public posts of each group confirmed by moderators, whatever its age, oldest first.
 */
async function readGrouped(db: Db, end: number): Promise<Contribution[][]> {
  const rows = await db
    .select({
      group: barrierGroupPosts.groupId,
      id: posts.id,
      authorId: posts.authorId,
      country: posts.country,
      region: posts.region,
      createdAt: posts.createdAt,
    })
    .from(barrierGroupPosts)
    .innerJoin(posts, eq(posts.id, barrierGroupPosts.postId))
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(publicPost(), mayReportBarrier(), lt(posts.createdAt, end)))
    .orderBy(asc(posts.createdAt), asc(posts.id));
  const kinds = await readKinds(
    db,
    rows.map(({ id }) => id),
  );
  const groups = new Map<string, Contribution[]>();
  for (const { group, ...row } of rows) {
    const one = { ...row, kinds: kinds.get(row.id) ?? [] };
    const known = groups.get(group);
    if (known) known.push(one);
    else groups.set(group, [one]);
  }
  return [...groups.values()];
}

type Written = Contribution & { region: string; text: string; language: string };

/** Returns the newest posts of each smallest region, oldest first. */
async function readNewest(db: Db, { start, end }: DateRange): Promise<Written[]> {
  const found: Omit<Written, 'kinds'>[] = [];
  for (const { code } of regions) {
    if (childRegions(code).length > 0) continue;
    const rows = await db
      .select({
        id: posts.id,
        authorId: posts.authorId,
        country: posts.country,
        createdAt: posts.createdAt,
        text: posts.body,
        language: posts.language,
      })
      .from(posts)
      .innerJoin(threads, eq(threads.id, posts.threadId))
      .where(
        and(
          eq(posts.region, code),
          publicPost(),
          mayReportBarrier(),
          gte(posts.createdAt, start),
          lt(posts.createdAt, end),
        ),
      )
      .orderBy(desc(posts.createdAt), desc(posts.id))
      .limit(MOST_COMPARED);
    found.push(...rows.reverse().map((row) => ({ ...row, region: code })));
  }
  const kinds = await readKinds(
    db,
    found.map(({ id }) => id),
  );
  return found.map((one) => ({ ...one, kinds: kinds.get(one.id) ?? [] }));
}

function commonest(reports: readonly Contribution[]): BarrierKind | null {
  const times = (kind: BarrierKind) => reports.filter(({ kinds }) => kinds.includes(kind)).length;
  const [kind] = BARRIER_KINDS.toSorted((a, b) => times(b) - times(a));
  return kind && times(kind) > 0 ? kind : null;
}
