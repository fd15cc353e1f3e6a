import { and, eq, inArray } from 'drizzle-orm';
import { record } from '~/domain/barriers/grouping';
import { publicPost } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { WORLD } from '~/platform/places/places';
import type { Db } from '~db/client';
import { barrierGroupPosts, barrierGroups, posts, threads } from '~db/schema';
import type { GroupLine, ImportReport, Numbered } from './exchange-lines';
import { siteAccount } from './site-account';

/** Creates the groups of an import that do not exist yet. */
export async function importGroups(
  app: AppContext,
  lines: readonly Numbered<GroupLine>[],
  report: ImportReport,
): Promise<void> {
  if (lines.length === 0) return;
  await app.db.write(async (tx) => {
    const siteId = await siteAccount(tx, app.clock, app.config.siteName);
    for (const { line, value } of lines) {
      const reason = await storeGroup(tx, app, siteId, value);
      if (reason !== null) report.failed.push({ line, reason });
    }
  });
}

/** Creates a group if it does not exist. Returns why that is impossible, otherwise null. */
async function storeGroup(
  tx: Db,
  { clock }: AppContext,
  siteId: string,
  { id, region, contributions }: GroupLine,
): Promise<string | null> {
  const [known] = await tx.select().from(barrierGroups).where(eq(barrierGroups.id, id));
  if (known) return null;
  const rows = await tx
    .select({ id: posts.id })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(inArray(posts.id, contributions), publicPost(), eq(posts.isOpening, false)));
  const grouped = await tx
    .select({ id: barrierGroupPosts.postId })
    .from(barrierGroupPosts)
    .where(inArray(barrierGroupPosts.postId, contributions));
  const taken = new Set(grouped.map((row) => row.id));
  const postIds = rows.map((row) => row.id).filter((one) => !taken.has(one));
  if (postIds.length < 2) return 'contributions are not here, or in another group';
  await tx.insert(barrierGroups).values({ id, region: region ?? WORLD, createdAt: clock.now() });
  await tx.insert(barrierGroupPosts).values(postIds.map((postId) => ({ postId, groupId: id })));
  await record(tx, clock, siteId, 'group', { subject: id, postIds });
  return null;
}
