import { and, asc, desc, eq, inArray, isNull, lte, or } from 'drizzle-orm';
import type { AppContext } from '~/platform/app-context';
import { DAY, HOUR } from '~/platform/clock';
import { forEachApart, type ItemError } from '~/platform/errors';
import { idsOf, newId } from '~/platform/ids';
import type { Db } from '~db/client';
import { digests } from '~db/schema';
import { editionHash } from './content';
import type { QuotedSentence } from './content-parts';
import { withHeld } from './decided-elsewhere';
import { composeCitable, type Digest, isThin, readDigest, takeUp } from './digests';
import { undecidedQuotes } from './disclosure';
import { type EditionStatus, editionStatusOf, mayQuote, openErrata, recordErrata } from './errata';
import { pruneWords } from './machine-words';
import { coarsenAll, toldByRegion } from './presses';
import { carryOver, refOf, withoutQuotes } from './quote-slots';

/** Changes trigger a check themselves; this regular check finds anything missed. */
const CHECK_EVERY = 6 * HOUR;

/** Number of digests checked in one run. */
const A_ROUND = 20;

/** If only counts changed, a version stays for a day before it is corrected. */
const COUNTS_STAND = DAY;

/**
 * Background job for published digests: records which sources were withdrawn and when, and issues a
 * corrected version if the newest one quotes or counts posts that are no longer public. Pages do
 * not depend on it: they check every source at each view.
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
    // Retried with the next regular check, so that they do not block the others.
    const ids = idsOf(failed);
    await app.db.write((tx) =>
      tx.update(digests).set({ checkedAt: now }).where(inArray(digests.id, ids)),
    );
  }
  return { corrected, errors };
}

/**
 * Issues the next version of a digest whose sources were withdrawn: with new counts, and with those
 * quotes that are still valid; no new quotes, because nobody has reviewed them, and none that could
 * point to a person if no moderator decided to keep it. Returns whether a version was issued: not for
 * an older version, and not if no barrier is left.
 */
async function issueCorrection(
  app: AppContext,
  digest: Digest,
  standing: EditionStatus,
): Promise<boolean> {
  const open = openErrata(standing.errata);
  if (open.length === 0) return false;
  const now = app.clock.now();
  const rested = now - (digest.publishedAt ?? 0) >= COUNTS_STAND;
  if (!open.some(({ quoted }) => quoted) && !rested) return false;
  const { scope, period, version } = digest;
  if ((await newestVersion(app.db.reader, digest)) !== version) return false;

  const presses = await withHeld(app.db.reader, digest, digest.presses);
  const fresh = await composeCitable(app, scope, period, toldByRegion(presses));
  if (!fresh) return false;
  const holds = ({ postId }: { postId: string }) => mayQuote(standing, postId);
  const carried = coarsenAll(carryOver(fresh, standing.content, holds, false), presses);
  const flagged = await undecidedQuotes(
    app.db.reader,
    { ...digest, presses, content: carried },
    fresh.minAuthors,
  );
  const undecided = new Set(flagged.map(({ quote }) => refOf(quote)));
  const isOpen = (quote: QuotedSentence) => undecided.has(refOf(quote));
  const corrected = pruneWords(withoutQuotes(carried, isOpen));
  const drafted = withoutQuotes(carryOver(fresh, digest.drafted, holds, false), isOpen);
  return app.db.write(async (tx) => {
    // Someone may have published or drafted the next version meanwhile.
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
      presses,
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

/** Returns the number of the newest published version. */
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

/** Gives a draft of the next version the number after it; nobody has cited a draft. */
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
