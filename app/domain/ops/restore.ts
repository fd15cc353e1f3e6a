import { inArray } from 'drizzle-orm';
import { repeatErasures } from '~/domain/accounts/privacy/erase-account';
import { erasuresIn } from '~/domain/accounts/privacy/read-erasures';
import { postsInAnyState } from '~/domain/forum/visibility';
import { announce } from '~/domain/publishing/post-events';
import type { AppContext } from '~/platform/app-context';
import { batchesOf } from '~/platform/batches';
import { posts } from '~db/schema';
import type { Incoming } from './backup';
import { type CarriedOver, carryOver } from './ended-since';

/** What a restore found in the database that was there. */
export interface Former {
  /** Accounts deleted since the backup; null if the database cannot be read. */
  erasures: Awaited<ReturnType<typeof erasuresIn>>;
  /** What was carried over; null if nothing could be, see `carryOver`. */
  carried: CarriedOver | null;
}

/** Posts that are looked at in one transaction. */
const BATCH = 100;

/**
 * Carries over what people ended since the backup was made. To be called when the restored database
 * is at the newest schema and before anything opens it.
 */
export async function readFormer(
  { url, former }: Pick<Incoming, 'url' | 'former'>,
  { onlyDeletions = false } = {},
): Promise<Former> {
  const erasures = former ? await erasuresIn(former) : null;
  if (!former || erasures === null || onlyDeletions) return { erasures, carried: null };
  try {
    return { erasures, carried: await carryOver(url, former) };
  } catch (error) {
    // As after the loss of a disk: parts of it may still be readable.
    const { code } = error as { code?: unknown };
    if (!/^SQLITE_(CORRUPT|NOTADB|IOERR)/.test(String(code))) throw error;
    return { erasures, carried: null };
  }
}

/**
 * Does in the restored database what follows from what was carried over: deletes accounts again, and
 * brings search, threads, digests and cases up to date. Returns how many accounts were deleted.
 */
export async function followUp(app: AppContext, { erasures, carried }: Former): Promise<number> {
  for (const batch of batchesOf(carried?.posts ?? [], BATCH)) {
    await app.db.write(async (tx) => {
      const changed = await tx
        .select({ id: posts.id, threadId: posts.threadId, state: posts.state })
        .from(postsInAnyState)
        .where(inArray(posts.id, batch));
      // Nobody is notified: they were, at the time.
      await announce(tx, app.clock, 'stored', changed);
      await announce(tx, app.clock, 'moderated', changed);
    });
  }
  return repeatErasures(app, erasures ?? []);
}
