import type { Db } from '../../db/client';
import { notifications } from '../../db/schema';
import type { Clock } from '../clock';
import { newId } from '../ids';

/** What a person may be told; each has its sentence in the catalogue. */
export type NotificationKind = 'reply' | 'approved' | 'hidden' | 'restored';

export interface Notice {
  userId: string;
  kind: NotificationKind;
  /** The post it is about. */
  postId?: string;
  /** The decision it tells of. */
  decisionId?: string;
}

/** Tells a person something inside Causeway, in the transaction in which it happens. */
export async function notify(tx: Db, clock: Clock, notice: Notice): Promise<void> {
  const now = clock.now();
  await tx.insert(notifications).values({
    id: newId(now),
    userId: notice.userId,
    kind: notice.kind,
    postId: notice.postId ?? null,
    decisionId: notice.decisionId ?? null,
    createdAt: now,
  });
}
