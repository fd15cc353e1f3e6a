import { and, count, desc, eq, inArray } from 'drizzle-orm';
import { addPosts } from '~/domain/barriers/key-points/change';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { hasPosts } from '~/domain/forum/posts/count-posts';
import { mayReportBarrier } from '~/domain/forum/posts/evidence';
import { publicPost } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { idsOf } from '~/platform/ids';
import { WORLD } from '~/platform/places/places';
import type { Db } from '~db/client';
import { noRow } from '~db/dialect';
import { keyPointPosts, keyPoints, keyPointTexts, postBarriers, posts, threads } from '~db/schema';
import type { ExchangeLines, ImportReport, KeyPointLine, KeyPointTextLine } from './exchange-lines';
import { siteAccount } from './site-account';

/** Creates the key points of an import that do not exist yet, and their titles. */
export async function importKeyPoints(
  app: AppContext,
  lines: Pick<ExchangeLines, 'keyPoints' | 'keyPointTexts'>,
  report: ImportReport,
): Promise<void> {
  if (lines.keyPoints.length + lines.keyPointTexts.length === 0) return;
  await app.db.write(async (tx) => {
    const siteId = await siteAccount(tx, app.clock, app.community.settings.siteName);
    for (const { line, value } of lines.keyPoints) {
      const reason = await storeKeyPoint(tx, app, siteId, value);
      if (reason !== null) report.failed.push({ line, reason });
    }
    for (const { line, value } of lines.keyPointTexts) {
      const reason = await storeText(tx, app, siteId, value);
      if (reason !== null) report.failed.push({ line, reason });
    }
  });
}

/** Creates a key point if it does not exist. Returns why that is impossible, otherwise null. */
async function storeKeyPoint(
  tx: Db,
  { clock }: AppContext,
  siteId: string,
  { id, kind, region, createdAt, contributions }: KeyPointLine,
): Promise<string | null> {
  const [known] = await tx.select().from(keyPoints).where(eq(keyPoints.id, id));
  if (known) return null;
  const rows = await tx
    .select({ id: posts.id })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(
      and(
        inArray(posts.id, contributions),
        publicPost(),
        mayReportBarrier(),
        noRow(keyPointPosts, eq(keyPointPosts.postId, posts.id)),
      ),
    );
  const postIds = idsOf(rows);
  if (postIds.length === 0) return 'the posts do not exist, or belong to another key point';
  const named = kind ?? (await commonestKind(tx, postIds));
  if (!named) return 'no post names a kind of barrier';
  await tx.insert(keyPoints).values({
    id,
    kind: named,
    region: region ?? WORLD,
    createdAt: createdAt ?? clock.now(),
    createdById: siteId,
  });
  await addPosts(tx, clock, siteId, { keyPointId: id, postIds });
  return null;
}

async function commonestKind(db: Db, postIds: readonly string[]): Promise<BarrierKind | null> {
  const [row] = await db
    .select({ kind: postBarriers.kind, posts: count() })
    .from(postBarriers)
    .where(inArray(postBarriers.postId, [...postIds]))
    .groupBy(postBarriers.kind)
    .orderBy(desc(count()), postBarriers.kind)
    .limit(1);
  return row?.kind ?? null;
}

/** Stores a title if there is none in its language. Returns why that is impossible, or null. */
async function storeText(
  tx: Db,
  { clock }: AppContext,
  siteId: string,
  { keyPoint, language, title, sentence, proposedBy, model, source, accepted }: KeyPointTextLine,
): Promise<string | null> {
  const [point] = await tx.select().from(keyPoints).where(eq(keyPoints.id, keyPoint));
  if (!point) return 'the key point does not exist';
  if (source && !(await hasPosts(tx, 1, eq(posts.id, source), publicPost()))) {
    return 'the post that it quotes does not exist';
  }
  await tx
    .insert(keyPointTexts)
    .values({
      keyPointId: keyPoint,
      language,
      title,
      sentence,
      proposedBy,
      model,
      sourcePostId: source,
      acceptedById: accepted ? siteId : null,
      acceptedAt: accepted ? clock.now() : null,
    })
    .onConflictDoNothing();
  return null;
}
