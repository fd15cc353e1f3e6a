import { inArray } from 'drizzle-orm';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { publicPostsOf } from '~/domain/forum/posts/posts';
import { isLocale, type Locale } from '~/platform/i18n/locales';
import type { Db } from '~db/client';
import { keyPointTexts } from '~db/schema';
import type { KeyPointAct } from '~db/schema/evidence';
import { actsOn } from './acts';
import { originalOf } from './original';
import type { KeyPointState } from './state';

/** A change of a key point, as everyone may read it: without who made it. */
export interface HistoryEntry {
  id: string;
  act: KeyPointAct;
  at: number;
  /** True if the author of a report made it. */
  byAuthor: boolean;
  /** Number of reports that were added, moved or removed and are public. */
  reports: number;
  /** The other key point of a merge or split, with its title if a person wrote one. */
  other: { id: string; title: string | null } | null;
  /** For a new title: its language, and the title before and after if a person wrote it. */
  title: { language: Locale; before: string | null; after: string | null } | null;
  kind: BarrierKind | null;
  /** True if it undoes another change. */
  undo: boolean;
}

/** Returns the changes of a key point, oldest first. */
export async function historyOf(db: Db, keyPointId: string): Promise<HistoryEntry[]> {
  const acts = await actsOn(db, keyPointId);
  const named = acts.flatMap(({ after }) => Object.keys(after.posts ?? {}));
  const shown = new Set((await publicPostsOf(db, [...new Set(named)])).map(({ id }) => id));
  const others = acts.flatMap(({ keyPointId: own, otherId }) =>
    otherId ? [own === keyPointId ? otherId : (own ?? '')] : [],
  );
  const titles = others.length === 0 ? [] : await titlesOf(db, others);
  const titleOf = (id: string) => {
    const own = titles.filter(({ keyPointId }) => keyPointId === id);
    return (originalOf(own) ?? own[0])?.title ?? null;
  };
  const first = new Map(acts.map(({ id, act }) => [id, act]));
  return acts.flatMap((one): HistoryEntry[] => {
    const postIds = Object.keys(one.after.posts ?? {});
    const reports = postIds.filter((id) => shown.has(id)).length;
    // What only concerns reports that are not public is not told.
    if (postIds.length > 0 && reports === 0) return [];
    const otherId = one.keyPointId === keyPointId ? one.otherId : one.keyPointId;
    const other = otherId && {
      id: otherId,
      title: titleOf(otherId),
    };
    const members = Object.values(one.after.posts ?? {});
    return [
      {
        id: one.id,
        act: (one.undoes && first.get(one.undoes)) || one.act,
        at: one.createdAt,
        byAuthor: one.act === 'add' && members.every((row) => row?.saidBy === 'author'),
        reports,
        other: other || null,
        title: titleIn(one.before, one.after),
        kind: kindIn(one.after, keyPointId),
        undo: one.act === 'undo',
      },
    ];
  });
}

/** Titles that a person wrote. Words of a post are left out, because the post may be hidden. */
async function titlesOf(db: Db, ids: readonly string[]) {
  const rows = await db
    .select()
    .from(keyPointTexts)
    .where(inArray(keyPointTexts.keyPointId, [...ids]));
  return rows.filter(({ sourcePostId, acceptedAt }) => sourcePostId === null && acceptedAt);
}

function titleIn(before: KeyPointState, after: KeyPointState): HistoryEntry['title'] {
  const [key] = Object.keys(after.texts ?? {});
  const language = key?.split('/')[1];
  if (!key || !isLocale(language)) return null;
  const titleOf = ({ texts }: KeyPointState) => {
    const text = texts?.[key];
    return text && text.sourcePostId === null ? text.title : null;
  };
  return { language, before: titleOf(before), after: titleOf(after) };
}

function kindIn({ points }: KeyPointState, keyPointId: string): BarrierKind | null {
  return points?.[keyPointId]?.kind ?? null;
}
