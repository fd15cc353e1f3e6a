import { listReports, overview, reportedSince } from '~/domain/barriers/explore';
import { type BarrierFilter, startOfDay, throughToday } from '~/domain/barriers/query';
import type { AppContext } from '~/platform/app-context';
import type { Community } from '~/platform/community/community';
import { idsOf } from '~/platform/ids';
import type { Db } from '~db/client';
import { type KeyPoint, keyPointsOf, keyPointsOfPosts } from './key-points';

/** Key points beside the figures. */
const KEY_POINTS = 5;

/**
 * Reads all that `/barriers` shows of a filter, once until it changes, for everybody.
 * @param now UTC milliseconds: figures are those of its day.
 */
export function readBarriers(
  { db: database, config, refreshCommunity }: AppContext,
  filter: BarrierFilter,
  { page, now }: { page: number; now: number },
) {
  const today = startOfDay(now);
  const { digestMinAuthors: least } = config;
  const key = `barriers ${JSON.stringify([filter, page, today, least])}`;
  return database.kept(key, async (db) => {
    // Asked for anew: what is kept then depends on the words of the community, too.
    const community = await refreshCommunity();
    const { rows, ...paging } = await listReports(db, filter, page);
    const ever = await reportedSince(db, { scope: 'world', span: throughToday(today) });
    return {
      figures: await overview({ db: database, community }, filter, { least, now: today }),
      reports: rows,
      paging,
      keyPoints: {
        ofFilter: await keyPointsOfFilter(db, community, filter),
        ofReports: await keyPointsOfPosts(db, community, idsOf(rows)),
      },
      /** When the first report of all was written; null: there is none. */
      began: ever?.first ?? null,
    };
  });
}

/** Key points have a place and a kind of their own, and nothing else of a filter. */
async function keyPointsOfFilter(
  db: Db,
  community: Community,
  { scope, span, kind, conversation, industry, pillar }: BarrierFilter,
): Promise<KeyPoint[]> {
  if (conversation || industry || pillar) return [];
  const ofKind = kind ? { kind } : {};
  return keyPointsOf(db, community, { limit: KEY_POINTS, scope, period: span, ...ofKind });
}
