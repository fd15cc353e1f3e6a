import { and, asc, desc, eq, inArray, isNull, lte, or } from 'drizzle-orm';
import type { AppContext } from '~/platform/app-context';
import { DAY, HOUR } from '~/platform/clock';
import { forEachApart, type ItemError } from '~/platform/errors';
import { newId } from '~/platform/ids';
import type { Db } from '~db/client';
import { digests } from '~db/schema';
import { editionHash } from './content';
import { composeCitable, type Digest, isThin, readDigest, takeUp } from './digests';
import { type EditionStatus, editionStatusOf, recordErrata } from './errata';
import { pruneWords } from './machine-words';
import { carryOver } from './quote-slots';

/** Changes ask for a check themselves; this finds what did not. */
const CHECK_EVERY = 6 * HOUR;

/** As many as one round of background work looks at. */
const A_ROUND = 20;

/** Where only counts changed, a version stands for a day before the next one corrects it. */
const COUNTS_STAND = DAY;

/**
 * Looks after what is published, in the background: writes down what was withdrawn and when, and
 * issues a corrected version where the newest one quotes or counts what is not public any more.
 * Pages do not wait for this: they check every source at each view.
 */
export async function tendPublished(
  app: AppContext,
): Promise<{ corrected: number; errors: ItemError[] }> {
  const now = app.clock.now();
  const due = await app.db.reader
    .select({ id: digests.id })
    .from(digests)
    .where(
      and(
        eq(digests.state, 'published'),
        or(isNull(digests.checkedAt), lte(digests.checkedAt, now - CHECK_EVERY)),
      ),
    )
    .orderBy(asc(digests.checkedAt), asc(digests.id))
    .limit(A_ROUND);
  let corrected = 0;
  const { failed, errors } = await forEachApart(
    due,
    ({ id }) => `digest ${id}`,
    async ({ id }) => {
      const digest = await readDigest(app.db.reader, id);
      if (!digest) return;
      const standing = await editionStatusOf(app.db.reader, id, digest.content);
      await app.db.write(async (tx) => {
        await recordErrata(tx, now, id, standing);
        await tx.update(digests).set({ checkedAt: now }).where(eq(digests.id, id));
      });
      if (await issueCorrection(app, digest, standing)) corrected += 1;
    },
  );
  if (failed.length > 0) {
    // They are looked at again with the next regular check, and keep no other from its turn.
    const ids = failed.map(({ id }) => id);
    await app.db.write((tx) =>
      tx.update(digests).set({ checkedAt: now }).where(inArray(digests.id, ids)),
    );
  }
  return { corrected, errors };
}

/**
 * The next version of a digest whose sources were withdrawn: counted anew, with those of its quotes
 * that still hold, and no other, since nobody has looked at others. Gives whether there was one to
 * issue: not for an older version, and not where nothing is left to tell.
 */
async function issueCorrection(
  app: AppContext,
  digest: Digest,
  standing: EditionStatus,
): Promise<boolean> {
  const { visible, errata } = standing;
  const open = errata.filter(({ restoredAt }) => restoredAt === null);
  if (open.length === 0) return false;
  const now = app.clock.now();
  const rested = now - (digest.publishedAt ?? 0) >= COUNTS_STAND;
  if (!open.some(({ quoted }) => quoted) && !rested) return false;
  const { scope, period, content, version } = digest;
  if ((await newestVersion(app.db.reader, digest)) !== version) return false;

  const fresh = await composeCitable(app, scope, period);
  if (!fresh) return false;
  const holds = ({ postId }: { postId: string }) => visible.has(postId);
  const corrected = pruneWords(carryOver(fresh, content, holds, false));
  const drafted = carryOver(fresh, digest.drafted, holds, false);
  return app.db.write(async (tx) => {
    // Somebody may have published, or drafted, the next version meanwhile.
    if ((await newestVersion(tx, digest)) !== version) return false;
    const [row] = await tx.select().from(digests).where(eq(digests.id, digest.id));
    if (!row) return false;
    const id = newId(now);
    await moveDraft(tx, digest);
    await tx.insert(digests).values({
      ...row,
      id,
      version: version + 1,
      content: corrected,
      drafted,
      contentHash: editionHash(corrected, row.note),
      thin: isThin(corrected),
      corrects: version,
      builtAt: now,
      publishedAt: now,
      publishedById: null,
      checkedAt: now,
    });
    await takeUp(tx, app, id, corrected);
    return true;
  });
}

/** The number of the newest published version. */
async function newestVersion(db: Db, { scope, period }: Digest): Promise<number | undefined> {
  const [row] = await db
    .select({ version: digests.version })
    .from(digests)
    .where(
      and(eq(digests.scope, scope), eq(digests.period, period.id), eq(digests.state, 'published')),
    )
    .orderBy(desc(digests.version))
    .limit(1);
  return row?.version;
}

/** A draft of the next version becomes one of the version after it: nobody has cited it yet. */
async function moveDraft(tx: Db, { scope, period, version }: Digest): Promise<void> {
  await tx
    .update(digests)
    .set({ version: version + 2 })
    .where(
      and(
        eq(digests.scope, scope),
        eq(digests.period, period.id),
        eq(digests.state, 'draft'),
        eq(digests.version, version + 1),
      ),
    );
}
