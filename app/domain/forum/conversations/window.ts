import { and, eq, gt, isNull, lte, or, type SQL } from 'drizzle-orm';
import { conversations } from '~db/schema';

type Row = typeof conversations.$inferSelect;

/** What decides whether the threads of a conversation take posts. */
export type Window = Pick<Row, 'state' | 'opensAt' | 'closesAt' | 'closedAt'>;

/**
 * Whether a conversation takes posts at a time, and if not, since when or until when. This is the
 * only rule about it. Threads that belong to no conversation always take posts: `null`.
 */
export type Posting =
  | { takesPosts: true }
  | { takesPosts: false; why: 'not-yet' | 'closed'; at: number };

export function postingIn(window: Window | null, now: number): Posting {
  if (!window) return { takesPosts: true };
  const { state, opensAt, closesAt, closedAt } = window;
  if (state === 'closed') return { takesPosts: false, why: 'closed', at: closedAt ?? now };
  if (closesAt !== null && closesAt <= now) {
    return { takesPosts: false, why: 'closed', at: closesAt };
  }
  if (opensAt !== null && opensAt > now) return { takesPosts: false, why: 'not-yet', at: opensAt };
  return { takesPosts: true };
}

/** The same as a condition for conversations that take posts. */
export function inWindow(now: number): SQL | undefined {
  const { state, opensAt, closesAt } = conversations;
  return and(
    eq(state, 'open'),
    or(isNull(opensAt), lte(opensAt, now)),
    or(isNull(closesAt), gt(closesAt, now)),
  );
}
