import type { ActRecord } from '~/domain/barriers/key-points/acts';
import { keyPointsById, keyPointText } from '~/domain/barriers/key-points/key-points';
import { publicPostsOf } from '~/domain/forum/posts/posts';
import type { AppContext } from '~/platform/app-context';
import type { SiteTranslator } from '~/platform/community/site-translator';
import { pathTo } from '~/platform/paths';

/** A change of a key point, for the desk. */
export interface ActView {
  id: string;
  act: ActRecord['act'];
  /** The moderator's or author's handle. */
  by: string;
  at: number;
  /** True if it was undone; then it has no button. */
  undone: boolean;
  point: { id: string; title: string; language: string } | null;
  /** The report, if it is about one. */
  report: { path: string; excerpt: string; language: string } | null;
}

/** The views of changes, with what they are about; for loaders only. `acts` are newest first. */
export async function actViews(
  app: AppContext,
  acts: readonly ActRecord[],
  i18n: SiteTranslator,
): Promise<ActView[]> {
  const postOf = ({ after }: ActRecord) => {
    const ids = Object.keys({ ...after.posts, ...after.notBarrier, ...after.same });
    return ids.length === 1 ? (ids[0] ?? null) : null;
  };
  const db = app.db.reader;
  const points = await keyPointsById(
    db,
    app.community,
    acts.flatMap(({ keyPointId }) => keyPointId ?? []),
  );
  const posts = await publicPostsOf(
    db,
    acts.flatMap((act) => postOf(act) ?? []),
  );
  // An act that was undone and repeated is not undone: its undoing was undone.
  const undone = new Set<string>();
  for (const { id, undoes } of acts) if (undoes && !undone.has(id)) undone.add(undoes);
  return acts.map((one) => {
    const point = points.find(({ id }) => id === one.keyPointId);
    const post = posts.find(({ id }) => id === postOf(one));
    const text = point && keyPointText(point, i18n);
    return {
      id: one.id,
      act: one.act,
      by: one.by,
      at: one.createdAt,
      undone: undone.has(one.id),
      point: text ? { id: point.id, title: text.title, language: text.language } : null,
      report: post
        ? {
            path: pathTo('/p/:id', { id: post.id }),
            excerpt: post.excerpt,
            language: post.language,
          }
        : null,
    };
  });
}
