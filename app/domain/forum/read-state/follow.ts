import { and, asc, eq } from 'drizzle-orm';
import type { Pillar } from '~/domain/community/vocabularies';
import type { Clock } from '~/platform/clock';
import type { Community } from '~/platform/community/community';
import { isRegion, type RegionCode } from '~/platform/places/places';
import type { Db } from '~db/client';
import { follows } from '~db/schema';

/** A pillar or region that people can follow to be notified of new threads. */
export type Followable = { kind: 'pillar'; code: Pillar } | { kind: 'region'; code: RegionCode };

/** Reads a form's pillar or region; null if it does not exist. */
export function parseFollowable(
  kind: string,
  code: string,
  community: Community,
): Followable | null {
  if (kind === 'pillar' && community.isPillar(code)) return { kind, code };
  if (kind === 'region' && isRegion(code)) return { kind, code };
  return null;
}

/** Follows or unfollows a pillar or region; repeating it changes nothing. */
export async function setFollow(
  tx: Db,
  clock: Clock,
  userId: string,
  followable: Followable,
  on: boolean,
): Promise<void> {
  if (on) {
    const row = { userId, ...followable, createdAt: clock.now() };
    await tx.insert(follows).values(row).onConflictDoNothing();
    return;
  }
  await tx.delete(follows).where(one(userId, followable));
}

export async function isFollowed(
  db: Db,
  userId: string | null,
  followable: Followable,
): Promise<boolean> {
  if (!userId) return false;
  const rows = await db.select({ code: follows.code }).from(follows).where(one(userId, followable));
  return rows.length > 0;
}

/** Returns what a person follows, in the order in which they followed it. */
export async function followed(
  db: Db,
  community: Community,
  userId: string,
): Promise<Followable[]> {
  const rows = await db
    .select({ kind: follows.kind, code: follows.code })
    .from(follows)
    .where(eq(follows.userId, userId))
    .orderBy(asc(follows.createdAt), asc(follows.code));
  return rows.flatMap(({ kind, code }) => parseFollowable(kind, code, community) ?? []);
}

function one(userId: string, { kind, code }: Followable) {
  return and(eq(follows.userId, userId), eq(follows.kind, kind), eq(follows.code, code));
}
